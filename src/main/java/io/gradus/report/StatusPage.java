package io.gradus.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.report.LakeStatus.Failure;
import io.gradus.report.LakeStatus.Run;
import io.gradus.report.TextTable.Format;
import io.gradus.report.TextTable.Result;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lake's status as text: a page for people, one JSON object or the runs as CSV for programs. */
public final class StatusPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAILURES_SHOWN = 5;
  private static final List<String> RUN =
      List.of(
          "as_of",
          "run_id",
          "started_at",
          "seconds",
          "usual_seconds",
          "customers",
          "input_files",
          "input_rows",
          "code_version");
  private static final List<String> FAILURE =
      List.of("at", "as_of", "run_id", "stage", "exit_code", "seconds", "host", "message");

  private StatusPage() {}

  /** The status as text that ends with a newline. */
  public static String of(LakeStatus status, Format format) {
    return switch (format) {
      case TABLE -> page(status);
      case JSON -> json(status);
      case CSV -> TextTable.of(runs(status), Format.CSV);
    };
  }

  private static String page(LakeStatus status) {
    StringBuilder text = new StringBuilder();
    text.append("Lake ").append(status.lake()).append('\n').append(freshness(status)).append('\n');
    status
        .openFailure()
        .ifPresent(failure -> text.append("Failed since: ").append(line(failure)).append('\n'));
    text.append('\n').append(TextTable.of(runs(status), Format.TABLE));
    if (!status.failures().isEmpty()) {
      text.append("\nLast failures\n");
      status.failures().stream()
          .limit(FAILURES_SHOWN)
          .forEach(failure -> text.append("  ").append(line(failure)).append('\n'));
    }
    return text.toString();
  }

  private static String freshness(LakeStatus status) {
    if (status.asOf().isEmpty()) {
      return "Nothing is published yet.";
    }
    Run newest = status.runs().get(0);
    String behind =
        status
            .daysBehindInput()
            .map(days -> days == 0 ? "as new as its input" : days + " days behind its input")
            .orElse("input day unknown");
    Double usual = newest.usualSeconds();
    String pace =
        usual == null || usual == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %.2f of the usual %.0f s", newest.seconds() / usual, usual);
    return String.format(
        Locale.ROOT,
        "Graded as of %s: %d days old, %s. It took %.0f s%s.",
        newest.asOf(),
        status.ageDays().orElse(0L),
        behind,
        newest.seconds(),
        pace);
  }

  private static String line(Failure failure) {
    return String.format(
        Locale.ROOT,
        "%s  as of %s  exit %d%s: %s",
        failure.at().truncatedTo(ChronoUnit.SECONDS),
        failure.asOf(),
        failure.exitCode(),
        failure.stage().isEmpty() ? "" : " in " + failure.stage(),
        failure.message());
  }

  private static Result runs(LakeStatus status) {
    return new Result(RUN, status.runs().stream().map(StatusPage::cells).toList());
  }

  private static List<@Nullable Object> cells(Run run) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(run.asOf().toString());
    cells.add(run.runId());
    cells.add(run.started().truncatedTo(ChronoUnit.SECONDS).toString());
    cells.add(run.seconds());
    cells.add(run.usualSeconds());
    cells.add(run.customers());
    cells.add(run.inputFiles());
    cells.add(run.inputRows());
    cells.add(run.codeVersion());
    return cells;
  }

  private static List<@Nullable Object> cells(Failure failure) {
    return List.of(
        failure.at().toString(),
        failure.asOf(),
        failure.runId(),
        failure.stage(),
        failure.exitCode(),
        failure.seconds(),
        failure.host(),
        failure.message());
  }

  private static String json(LakeStatus status) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("lake", status.lake());
    object.put("as_of", status.asOf().map(Object::toString).orElse(null));
    object.put("age_days", status.ageDays().orElse(null));
    var newest = status.newestInputDay();
    object.put("newest_input_day", newest == null ? null : newest.toString());
    object.put("days_behind_input", status.daysBehindInput().orElse(null));
    object.put("failing", status.openFailure().isPresent());
    object.put("runs", status.runs().stream().map(run -> named(RUN, cells(run))).toList());
    object.put("failures", status.failures().stream().map(f -> named(FAILURE, cells(f))).toList());
    try {
      return JSON.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the status as JSON", e);
    }
  }

  private static Map<String, @Nullable Object> named(
      List<String> names, List<@Nullable Object> values) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), values.get(i));
    }
    return object;
  }
}
