package io.gradus.lake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The runs of a lake that did not publish, one small file each in {@code _gradus/failed}. They need
 * no lock and no commit: a run that fails because another holds the lake is recorded as well, and
 * nothing that readers see changes.
 */
public final class FailedRuns {
  private static final int KEPT = 50;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  private static final AtomicInteger ADDED = new AtomicInteger();

  private final SmallFiles files;
  private final Path home;
  private final Path folder;

  private FailedRuns(SmallFiles files, LakeFolders folders) {
    this.files = files;
    this.home = folders.internal("");
    this.folder = folders.internal("failed");
  }

  /** The failed runs of the lake at a root, which need not exist. */
  public static FailedRuns of(SparkSession spark, String root) {
    SmallFiles files = new SmallFiles(spark.sessionState().newHadoopConf());
    return new FailedRuns(files, new LakeFolders(LakeFolders.qualified(files, root)));
  }

  static FailedRuns of(Lake lake) {
    return new FailedRuns(lake.files(), lake.folders());
  }

  /** Records one, unless there is no lake: a mistyped path gets no folder of ours. */
  public void add(FailedRun run) {
    if (!files.exists(home)) {
      return;
    }
    Map<String, ?> values =
        Map.of(
            "at", run.at().toString(),
            "as_of", run.asOf(),
            "run_id", run.runId(),
            "stage", run.stage(),
            "exit_code", run.exitCode(),
            "message", run.message(),
            "seconds", run.seconds(),
            "host", run.host());
    String name =
        String.join(
            "-",
            NAME.format(run.at()),
            Long.toString(ProcessHandle.current().pid()),
            Integer.toString(ADDED.incrementAndGet()));
    files.write(new Path(folder, name + ".json"), Json.write(values));
    List<Path> all = paths();
    all.stream().limit(Math.max(0, all.size() - KEPT)).forEach(files::delete);
  }

  /** Those recorded, newest first; at most {@value #KEPT} are kept. */
  public List<FailedRun> newestFirst() {
    return paths().stream()
        .map(files::read)
        .flatMap(Optional::stream)
        .map(Json::parse)
        .flatMap(Optional::stream)
        .map(FailedRuns::run)
        .sorted(Comparator.comparing(FailedRun::at).reversed())
        .toList();
  }

  /** Forgets all of them: their messages may name a customer. */
  void clear() {
    paths().forEach(files::delete);
  }

  private List<Path> paths() {
    return files.list(folder).stream()
        .map(file -> file.getPath())
        .filter(path -> path.getName().endsWith(".json"))
        .toList();
  }

  private static FailedRun run(JsonNode node) {
    return new FailedRun(
        Instant.parse(node.path("at").asText()),
        node.path("as_of").asText(),
        node.path("run_id").asText(),
        node.path("stage").asText(),
        node.path("exit_code").asInt(),
        node.path("message").asText(),
        node.path("seconds").asDouble(),
        node.path("host").asText());
  }
}
