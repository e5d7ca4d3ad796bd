package io.gradus.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last run of a command in the text format of Prometheus
 * (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4), without time stamps, as the
 * textfile collector of node_exporter wants it. What the last success published is carried over by
 * a failure, so that an alert on its age needs no other source.
 */
public final class Metrics {
  private static final String KEPT = "gradus_published_";

  private final List<Sample> own = new ArrayList<>();
  private final List<Sample> published = new ArrayList<>();
  private final String command;

  private Metrics(String command) {
    this.command = command;
  }

  /**
   * One number.
   *
   * @param name the family it belongs to
   * @param help what the family tells
   * @param label what sets it apart within the family, as name and value; null for the only one
   */
  public record Sample(
      String name, String help, Map.@Nullable Entry<String, String> label, double value) {}

  /** After a run that published, or had been published before. */
  public static Metrics succeeded(String command, RunFacts facts, Instant end, double seconds) {
    Metrics metrics = new Metrics(command);
    metrics.ended(0, facts.stages(), end, seconds);
    metrics.published.add(
        only("gradus_published_timestamp_seconds", "End of the last good run", seconds(end)));
    metrics.published.add(
        only(
            "gradus_published_as_of_timestamp_seconds",
            "Day that the last good run graded, midnight UTC",
            facts.asOf().atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
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
    published.add(only("gradus_published_customers", "Customers graded", facts.customers()));
    published.add(only("gradus_published_warnings", "Checks that warn", facts.warnings().size()));
    rows("accepted", facts.rowsAccepted());
    rows("duplicate", facts.rowsDuplicate());
    rows("excluded", facts.rowsExcluded());
    rows("quarantined", facts.rowsQuarantined());
  }

  private void rows(String disposition, long rows) {
    published.add(
        new Sample(
            "gradus_published_input_rows",
            "Source rows by what became of them",
            Map.entry("disposition", disposition),
            rows));
  }

  private void ended(int exitCode, List<StageTime> stages, Instant end, double seconds) {
    own.add(only("gradus_run_exit_code", "Exit code of the last run, 0 for success", exitCode));
    own.add(only("gradus_run_timestamp_seconds", "End of the last run", seconds(end)));
    own.add(only("gradus_run_seconds", "Wall-clock seconds of the last run", seconds));
    own.addAll(ofStages(stages));
  }

  /** The numbers of the stages that have ended. */
  public static List<Sample> ofStages(List<StageTime> stages) {
    List<Sample> samples = new ArrayList<>();
    stage(samples, stages, "gradus_stage_seconds", "Wall-clock seconds", StageTime::seconds);
    List<StageTime> counted = stages.stream().filter(s -> s.rows() >= 0).toList();
    stage(samples, counted, "gradus_stage_rows", "Rows a stage is about", StageTime::rows);
    stage(
        samples,
        stages,
        "gradus_stage_peak_memory_bytes",
        "Largest heap of one process",
        StageTime::peakMemoryBytes);
    stage(
        samples,
        stages,
        "gradus_stage_written_bytes",
        "Bytes of data files",
        StageTime::bytesWritten);
    return samples;
  }

  private static void stage(
      List<Sample> samples,
      List<StageTime> stages,
      String name,
      String help,
      ToDoubleFunction<StageTime> value) {
    // A demo runs the same stages several times; a name and its labels may occur once.
    Map<String, StageTime> last = new LinkedHashMap<>();
    stages.forEach(stage -> last.put(stage.name(), stage));
    last.forEach(
        (stage, s) ->
            samples.add(new Sample(name, help, Map.entry("stage", stage), value.applyAsDouble(s))));
  }

  /** Every number of the run. */
  public List<Sample> samples() {
    return Stream.concat(own.stream(), published.stream()).toList();
  }

  /**
   * The file's text.
   *
   * @param before the text of the file that this one replaces; empty for none
   */
  public String text(String before) {
    Set<String> families = published.stream().map(Sample::name).collect(Collectors.toSet());
    String kept =
        before
            .lines()
            .filter(line -> family(line).startsWith(KEPT) && !families.contains(family(line)))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return written() + kept;
  }

  private static String family(String line) {
    return line.replaceFirst("^# (HELP|TYPE) ", "").split("[ {]", 2)[0];
  }

  private String written() {
    StringBuilder text = new StringBuilder();
    String family = "";
    for (Sample sample : samples()) {
      if (!sample.name().equals(family)) {
        family = sample.name();
        text.append("# HELP ").append(family).append(' ').append(sample.help()).append('\n');
        text.append("# TYPE ").append(family).append(" gauge\n");
      }
      text.append(family).append(labels(sample)).append(' ');
      text.append(number(sample.value())).append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
  }

  private String labels(Sample sample) {
    String own =
        sample.label() == null
            ? ""
            : "," + sample.label().getKey() + "=\"" + escaped(sample.label().getValue()) + "\"";
    return "{command=\"" + escaped(command) + "\"" + own + "}";
  }

  private static Sample only(String name, String help, double value) {
    return new Sample(name, help, null, value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }
}
