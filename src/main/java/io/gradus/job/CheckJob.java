package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.grade.Policy;
import io.gradus.ml.rfm.RfmSegmentRule;
import io.gradus.ml.rfm.RfmSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** What can be known to be wrong before a run. */
public final class CheckJob {
  private final SparkSession spark;

  public CheckJob(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Validates policy, input files and mapping.
   *
   * @return what a run would do, line by line
   * @throws io.gradus.error.GradusException with the exit code that the run would end with
   */
  public List<String> run(Settings settings) {
    List<String> lines = new ArrayList<>();
    GradingPolicies policies = GradingPolicies.of(settings);
    Policy policy = policies.official();
    RfmSegments segments = RfmStep.segments(settings.rfm());
    InputPlaces.requireApart(spark, settings);
    TransactionInput input = TransactionInput.plan(spark, settings);
    int columns = input.mapped().columns().length;
    lines.add(
        String.format(
            Locale.ROOT,
            "input: %d files, %,d rows, %,.1f MB in %s",
            input.manifest().files().size(),
            input.manifest().rows(),
            input.manifest().sizeBytes() / 1e6,
            input.manifest().source()));
    lines.add(
        "mapping: "
            + input.source().columns().size()
            + " columns mapped, "
            + columns
            + " in the result");
    input
        .filesWithout()
        .forEach(
            (column, files) ->
                lines.add("missing: " + files + " files have no column for " + column));
    input.manifest().ignored().forEach(path -> lines.add("ignored: " + path));
    input.manifest().duplicates().forEach(file -> lines.add("delivered twice: " + file.path()));
    input.feeds().describe().forEach((feed, text) -> lines.add("feed " + feed + ": " + text));
    input.feeds().check(policy);
    lines.add("as-of: " + settings.asOf() + ", business days in " + settings.zone());
    lines.add(
        "rfm: "
            + segments.rules().stream().map(RfmSegmentRule::name).distinct().count()
            + " segments, every cell exactly once");
    lines.add("policy:");
    policy.describe().lines().forEach(line -> lines.add("  " + line));
    if (policies.shadow() != null) {
      lines.add("shadow policy:");
      policies.shadow().describe().lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }
}
