package io.gradus.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The last run of a command in the text format of Prometheus
 * (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4), without time stamps, as the
 * textfile collector of node_exporter wants it. What the last success published is carried over by
 * a failure, so that an alert on its age needs no other source.
 */
public final class Metrics {
  private static final String KEPT = "gradus_published_";

  private final StringBuilder own = new StringBuilder();
  private final StringBuilder published = new StringBuilder();
  private final String labels;

  private Metrics(String command) {
    this.labels = "{command=\"" + escaped(command) + "\"}";
  }

  /** After a run that published, or had been published before. */
  public static Metrics succeeded(String command, RunFacts facts, Instant end, double seconds) {
    Metrics metrics = new Metrics(command);
    metrics.ended(0, facts.stages(), end, seconds);
    StringBuilder to = metrics.published;
    metrics.gauge(
        to, "gradus_published_timestamp_seconds", "End of the last good run", seconds(end));
    metrics.gauge(
        to,
        "gradus_published_as_of_timestamp_seconds",
        "Day that the last good run graded, midnight UTC",
        facts.asOf().atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    if (facts.published()) {
      metrics.counts(facts);
    }
    return metrics;
  }

  /** After a run that failed. */
  public static Metrics failed(
      String command, int exitCode, List<StageTime> stages, Instant end, double seconds) {
    Metrics metrics = new Metrics(command);
    metrics.ended(exitCode, stages, end, seconds);
    return metrics;
  }

  private void counts(RunFacts facts) {
    gauge(published, "gradus_published_customers", "Customers graded", facts.customers());
    gauge(published, "gradus_published_warnings", "Checks that warn", facts.warnings().size());
    String name = "gradus_published_input_rows";
    head(published, name, "Source rows by what became of them");
    Map<String, Long> rows =
        Map.of(
            "accepted", facts.rowsAccepted(),
            "quarantined", facts.rowsQuarantined(),
            "excluded", facts.rowsExcluded(),
            "duplicate", facts.rowsDuplicate());
    rows.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> sample(published, name + with("disposition", e.getKey()), e.getValue()));
  }

  private void ended(int exitCode, List<StageTime> stages, Instant end, double seconds) {
    gauge(own, "gradus_run_exit_code", "Exit code of the last run, 0 for success", exitCode);
    gauge(own, "gradus_run_timestamp_seconds", "End of the last run", seconds(end));
    gauge(own, "gradus_run_seconds", "Wall-clock seconds of the last run", seconds);
    stage(stages, "gradus_stage_seconds", "Wall-clock seconds", StageTime::seconds);
    List<StageTime> counted = stages.stream().filter(s -> s.rows() >= 0).toList();
    stage(counted, "gradus_stage_rows", "Rows a stage is about", StageTime::rows);
    stage(
        stages,
        "gradus_stage_peak_memory_bytes",
        "Largest heap of one process",
        StageTime::peakMemoryBytes);
    stage(stages, "gradus_stage_written_bytes", "Bytes of data files", StageTime::bytesWritten);
  }

  private void stage(
      List<StageTime> stages, String name, String help, ToDoubleFunction<StageTime> value) {
    // A demo runs the same stages several times; a name and its labels may occur once.
    Map<String, StageTime> last =
        stages.stream()
            .collect(
                Collectors.toMap(
                    StageTime::name, s -> s, (a, b) -> b, java.util.LinkedHashMap::new));
    if (!last.isEmpty()) {
      head(own, name, help);
      last.forEach((stage, s) -> sample(own, name + with("stage", stage), value.applyAsDouble(s)));
    }
  }

  /**
   * The file's text.
   *
   * @param before the text of the file that this one replaces; empty for none
   */
  public String text(String before) {
    String kept =
        before
            .lines()
            .filter(line -> line.replaceFirst("^# (HELP|TYPE) ", "").startsWith(KEPT))
            .filter(line -> !published.toString().contains(family(line) + "{"))
            .collect(Collectors.joining("\n"));
    return own.toString() + published + kept + (kept.isEmpty() ? "" : "\n");
  }

  private static String family(String line) {
    return line.replaceFirst("^# (HELP|TYPE) ", "").split("[ {]", 2)[0];
  }

  private void gauge(StringBuilder to, String name, String help, double value) {
    head(to, name, help);
    sample(to, name + labels, value);
  }

  private static void head(StringBuilder to, String name, String help) {
    to.append("# HELP ").append(name).append(' ').append(help).append('\n');
    to.append("# TYPE ").append(name).append(" gauge\n");
  }

  private static void sample(StringBuilder to, String series, double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    String number = whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    to.append(series).append(' ').append(number).append('\n');
  }

  private String with(String label, String value) {
    return labels.replace("}", "," + label + "=\"" + escaped(value) + "\"}");
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }
}
