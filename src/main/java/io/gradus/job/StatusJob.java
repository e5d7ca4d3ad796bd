package io.gradus.job;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.lake.FailedRun;
import io.gradus.lake.FailedRuns;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.report.LakeStatus;
import io.gradus.report.LakeStatus.Failure;
import io.gradus.report.LakeStatus.Run;
import io.gradus.table.Columns;
import io.gradus.table.Ops;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Looks at the runs of a lake: what is published, how old it is, what failed. */
public final class StatusJob {
  private final SparkSession spark;
  private final InstantSource clock;

  public StatusJob(SparkSession spark, InstantSource clock) {
    this.spark = spark;
    this.clock = clock;
  }

  /**
   * The status of a lake.
   *
   * @param most most published runs to list
   * @throws GradusException usage failure when there is no lake
   */
  public LakeStatus run(String root, int most) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Failure> failures =
        FailedRuns.of(spark, root).newestFirst().stream().map(StatusJob::failure).toList();
    Lake lake;
    try {
      lake = Lake.openToRead(spark, root);
    } catch (GradusException e) {
      if (failures.isEmpty() || e.exitCode() != ExitCode.USAGE) {
        throw e;
      }
      return new LakeStatus(root, today, null, List.of(), failures);
    }
    boolean empty = lake.published().current().isEmpty();
    List<Run> runs = empty ? List.of() : runs(lake);
    return new LakeStatus(
        lake.root(), today, newestInputDay(lake), runs.stream().limit(most).toList(), failures);
  }

  private static List<Run> runs(Lake lake) {
    List<Row> rows = lake.readPublished(Ops.RUN).orderBy("started_at").collectAsList();
    List<Run> runs = new ArrayList<>();
    List<Double> past = new ArrayList<>();
    for (Row row : rows) {
      double seconds = row.<Double>getAs("seconds");
      runs.add(run(row, seconds, past.isEmpty() ? null : StageHistory.median(past)));
      past.add(seconds);
    }
    runs.sort(Comparator.comparing(Run::asOf).reversed());
    return runs;
  }

  private static Run run(Row row, double seconds, @Nullable Double usual) {
    return new Run(
        day(row.getAs(Columns.SNAPSHOT_DATE)),
        row.getAs(Columns.RUN_ID),
        moment(row.getAs("started_at")),
        seconds,
        usual,
        row.<Long>getAs("customers"),
        row.<Long>getAs("input_files"),
        row.<Long>getAs("input_rows"),
        row.getAs("code_version"));
  }

  private static Failure failure(FailedRun run) {
    return new Failure(
        run.at(),
        run.asOf(),
        run.runId(),
        run.stage(),
        run.exitCode(),
        run.message(),
        run.seconds(),
        run.host());
  }

  private static @Nullable LocalDate newestInputDay(Lake lake) {
    return lake.published().published().stream()
        .max(Comparator.comparingLong(Publication::sequence))
        .map(publication -> new SilverBase(publication).lastDay())
        .orElse(null);
  }

  /** Sessions differ in the classes they give dates and times. */
  private static LocalDate day(Object value) {
    return value instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) value;
  }

  private static Instant moment(Object value) {
    return value instanceof Timestamp time ? time.toInstant() : (Instant) value;
  }
}
