package io.gradus.lake;

import io.gradus.table.TableSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the run at work has written so far. */
final class RunCommits {
  private final Map<String, Commit> commits = new HashMap<>();
  private final Set<String> whole = new HashSet<>();
  private String runId = "";

  /** Forgets another run's commits, and this one's when it begins anew. */
  void begin(RunRef run) {
    commits.clear();
    whole.clear();
    runId = run.runId();
  }

  void add(RunRef run, Commit commit) {
    if (!runId.equals(run.runId())) {
      begin(run);
    }
    commits.put(commit.table(), commit);
    whole.remove(commit.table());
  }

  /** A commit after which the table holds its rows and no others. */
  void addWhole(RunRef run, Commit commit) {
    add(run, commit);
    whole.add(commit.table());
  }

  boolean has(RunRef run, TableSpec spec) {
    return runId.equals(run.runId()) && commits.containsKey(spec.path());
  }

  /** The run's newest commit to the table, which may be none. */
  Commit of(RunRef run, TableSpec spec) {
    Commit commit = has(run, spec) ? commits.get(spec.path()) : null;
    return commit == null ? Commit.none(spec.path()) : commit;
  }

  /** The commit that made all the rows of the table, if the run at work did. */
  Optional<Commit> whole(TableSpec spec) {
    return Optional.ofNullable(commits.get(spec.path()))
        .filter(commit -> whole.contains(commit.table()));
  }

  Map<String, Commit> all() {
    return commits;
  }
}
