package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.error.GradusException;
import io.gradus.report.RunFacts;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * Replays as-of dates in order, each as one night from the data as it is now. Dates that are
 * published are skipped, so that a backfill that stopped goes on where it stopped.
 */
public final class BackfillJob {
  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;

  /** The distance of two dates. */
  public enum Step {
    DAY,
    WEEK,
    MONTH
  }

  /** A job that shows its nights' stages to {@code progress}. */
  public BackfillJob(SparkSession spark, InstantSource clock, Progress progress) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs the nights of a span of dates.
   *
   * @param each told of each night when it is done
   * @throws GradusException the first night's failure, told with its date; the nights before it
   *     stay published
   */
  public void run(
      Settings settings, LocalDate from, LocalDate to, Step step, Consumer<RunFacts> each) {
    for (LocalDate date : dates(from, to, step)) {
      try {
        each.accept(new NightlyJob(spark, clock, progress).run(settings.at(date)));
      } catch (GradusException e) {
        throw e.during("backfill of " + date);
      }
    }
  }

  /**
   * The dates of a span, both ends included where the step meets them; by the month, a last day
   * stays a last day.
   *
   * @throws GradusException (usage) when the span ends before it begins
   */
  static List<LocalDate> dates(LocalDate from, LocalDate to, Step step) {
    if (to.isBefore(from)) {
      throw GradusException.usage("--to " + to + " lies before --from " + from);
    }
    boolean lastDays = step == Step.MONTH && from.equals(YearMonth.from(from).atEndOfMonth());
    List<LocalDate> dates = new ArrayList<>();
    for (int i = 0; ; i++) {
      LocalDate date =
          switch (step) {
            case DAY -> from.plusDays(i);
            case WEEK -> from.plus(i, ChronoUnit.WEEKS);
            case MONTH ->
                lastDays ? YearMonth.from(from).plusMonths(i).atEndOfMonth() : from.plusMonths(i);
          };
      if (date.isAfter(to)) {
        return dates;
      }
      dates.add(date);
    }
  }
}
