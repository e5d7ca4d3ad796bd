package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.error.GradusException;
import io.gradus.evaluate.BacktestFigure;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.ml.churn.ChurnBacktest;
import io.gradus.report.BacktestReport;
import io.gradus.report.BacktestReport.Section;
import io.gradus.table.Ops;
import io.gradus.table.TableRows;
import java.sql.Date;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Replays the models at past cut-offs of the configured source. Publications stay as they are: the
 * figures go to {@code ops.model_backtest}, which no publication is about.
 */
public final class BacktestJob {
  /** The largest number of cut-offs per horizon. */
  public static final int CUT_OFFS = 4;

  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;

  /** A job that shows its stages to {@code progress}. */
  public BacktestJob(SparkSession spark, InstantSource clock, Progress progress) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs the protocol.
   *
   * @param horizons days that are predicted, each 7 to 730
   * @throws GradusException (input) for a source without accepted rows
   */
  public BacktestReport run(Settings settings, List<Integer> horizons) {
    Stages stages = new Stages(spark, clock, progress);
    Lake lake = Lake.open(spark, settings.lake());
    LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
    try (PurchaseHistory history = PurchaseHistory.read(spark, settings, lake, stages, today)) {
      LocalDate lastDay = history.lastDay();
      List<Section> sections = new ArrayList<>();
      for (int horizon : horizons) {
        sections.addAll(
            stages.time(
                "backtest " + horizon + " days", () -> sections(history.days(), lastDay, horizon)));
      }
      BacktestReport report =
          new BacktestReport(id(history.input(), horizons, lastDay), lastDay, sections);
      try (RunLock lock = RunLock.acquire(spark, settings.lake(), "backtest", clock)) {
        store(lake, lake.begin(lock, report.id(), lastDay), report);
      }
      return report;
    }
  }

  private static List<Section> sections(Dataset<Row> days, LocalDate lastDay, int horizon) {
    List<Section> sections =
        new ChurnBacktest(horizon, CUT_OFFS)
            .run(days, lastDay).stream()
                .map(p -> new Section(horizon, p.population(), p.figures()))
                .toList();
    return sections.isEmpty()
        ? List.of(new Section(horizon, ChurnBacktest.EVERYBODY, List.of()))
        : sections;
  }

  private static String id(TransactionInput input, List<Integer> horizons, LocalDate lastDay) {
    Build build = Build.current();
    String all =
        String.join("\n", input.silverHash(), horizons.toString(), build.version(), build.hash());
    return lastDay.format(DateTimeFormatter.BASIC_ISO_DATE)
        + "-backtest-"
        + DigestUtils.sha256Hex(all).substring(0, 12);
  }

  private void store(Lake lake, RunRef run, BacktestReport report) {
    List<Row> rows = new ArrayList<>();
    for (Section section : report.sections()) {
      for (BacktestFigure f : section.figures()) {
        rows.add(
            RowFactory.create(
                report.id(),
                Date.valueOf(report.lastDay()),
                section.horizonDays(),
                section.population(),
                f.task().name().toLowerCase(Locale.ROOT),
                f.model(),
                f.statistic().name().toLowerCase(Locale.ROOT),
                f.cutOff() == null ? null : Date.valueOf(f.cutOff()),
                f.metric(),
                f.value(),
                f.lower(),
                f.upper(),
                f.against()));
      }
    }
    Dataset<Row> values = spark.createDataFrame(rows, Ops.MODEL_BACKTEST.ownSchema());
    Dataset<Row> shaped = TableRows.of(Ops.MODEL_BACKTEST, values, report.lastDay(), report.id());
    lake.prepare(run, List.of(Ops.MODEL_BACKTEST));
    lake.replaceWhere(Ops.MODEL_BACKTEST, shaped, "backtest_id = '" + report.id() + "'", run);
  }
}
