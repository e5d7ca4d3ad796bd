package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.config.Settings;
import io.gradus.grade.GradeLevel;
import io.gradus.grade.Policy;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunRef;
import io.gradus.monitor.AccountAlerts;
import io.gradus.monitor.Alert;
import io.gradus.monitor.AlertBook;
import io.gradus.monitor.Concentration;
import io.gradus.monitor.CustomerTally;
import io.gradus.monitor.Drift;
import io.gradus.monitor.Fairness;
import io.gradus.monitor.GradeHistory;
import io.gradus.monitor.GroupAlerts;
import io.gradus.monitor.LifecycleBridge;
import io.gradus.monitor.Moves;
import io.gradus.monitor.ProductShare;
import io.gradus.monitor.Quality;
import io.gradus.monitor.Quality.Check;
import io.gradus.monitor.Trends;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.GoldMonitoring;
import io.gradus.table.Ops;
import io.gradus.table.OpsMonitoring;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What moved, what is at risk and what came true. Every night: one join with the night before, one
 * pass over the customers, the alerts. On the first night of a month also what changes slowly.
 */
final class MonitorStep {
  private static final int BRIDGE_MONTHS = 12;
  private static final int TREND_DAYS = 90;

  private final SparkSession spark;
  private final Lake lake;
  private final Settings settings;
  private final Policy policy;
  private final RunRef run;
  private final OpsTables ops;
  private final List<Publication> past;
  private final @Nullable LocalDate previous;
  private final @Nullable LocalDate next;
  private final List<Alert> found = new ArrayList<>();
  private AlertBook book = new AlertBook(List.of());

  MonitorStep(
      SparkSession spark, Lake lake, Settings settings, Policy policy, RunRef run, OpsTables ops) {
    this.spark = spark;
    this.lake = lake;
    this.settings = settings;
    this.policy = policy;
    this.run = run;
    this.ops = ops;
    List<Publication> published = lake.published().published();
    this.past = published.stream().filter(p -> p.asOf().isBefore(run.asOf())).toList();
    this.previous =
        past.stream().map(Publication::asOf).max(Comparator.naturalOrder()).orElse(null);
    this.next =
        published.stream()
            .map(Publication::asOf)
            .filter(date -> date.isAfter(run.asOf()))
            .min(Comparator.naturalOrder())
            .orElse(null);
  }

  /**
   * Writes the monitoring tables of the night and adds the trends to its checks.
   *
   * @param days every purchase day as known tonight
   */
  void run(
      Dataset<Row> graded,
      Dataset<Row> days,
      long customers,
      Facts facts,
      Models models,
      Quality quality) {
    if (past.isEmpty()) {
      lake.prepare(
          run,
          List.of(
              GoldMonitoring.GRADE_MIGRATION,
              GoldMonitoring.LIFECYCLE_BRIDGE,
              GoldMonitoring.FAIRNESS,
              OpsMonitoring.PREDICTION_LEDGER));
    }
    found.addAll(models.alerts());
    moves(graded, revenue(facts.grades()));
    boolean monthly = previous == null || previous.isBefore(run.asOf().withDayOfMonth(1));
    spread(graded, customers, monthly, quality);
    if (monthly) {
      bridge(graded, days);
      List<Row> fairness = Fairness.of(graded, customers);
      if (!fairness.isEmpty()) {
        ops.write(GoldMonitoring.FAIRNESS, fairness);
      }
    }
    List<LocalDate> dates = past.stream().map(Publication::asOf).toList();
    found.addAll(new LedgerStep(lake, run, dates, ops).run(days, models.churnHorizonDays()));
    found.addAll(GroupAlerts.scopes(facts.grades()));
    if (next == null) {
      AlertTable table = new AlertTable(lake);
      book = table.read().after(found, run.asOf(), run.runId());
      table.write(book, run);
    }
  }

  /** Tells of tonight's new alerts where the settings ask for it. */
  void send() {
    new AlertSender(settings.alerts(), System.getenv()).send(book.opened(run.asOf()));
  }

  private static BigDecimal revenue(List<Row> summary) {
    return summary.stream()
        .filter(row -> row.getAs("scope_column").equals("all"))
        .map(row -> row.<BigDecimal>getAs("revenue_365d"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void moves(Dataset<Row> graded, BigDecimal revenue) {
    if (next != null || previous == null) {
      boolean first = lake.published().published().isEmpty();
      lake.overwrite(
          GoldMonitoring.CUSTOMER_GRADE_HISTORY,
          first
              ? GradeHistory.first(graded, run.asOf(), run.runId())
              : GradeHistory.restated(history(), graded, run.asOf(), next, run.runId()),
          run);
    }
    if (previous == null) {
      return;
    }
    Dataset<Row> before =
        lake.readPublished(Gold.CUSTOMER_SNAPSHOT)
            .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(previous)));
    List<String> grades = policy.grades().stream().map(GradeLevel::code).toList();
    Dataset<Row> history = history();
    try (Kept moves = Kept.of(Moves.between(before, graded, causes(), grades))) {
      ops.replace(
          GoldMonitoring.GRADE_MIGRATION,
          Moves.migration(moves.rows(), history, previous, run.asOf()));
      found.addAll(AccountAlerts.of(moves.rows(), revenue));
      if (next == null) {
        keepHistory(history, GradeHistory.changed(moves.rows()));
      }
    }
  }

  private Dataset<Row> history() {
    return lake.exists(GoldMonitoring.CUSTOMER_GRADE_HISTORY)
        ? lake.readPublished(GoldMonitoring.CUSTOMER_GRADE_HISTORY)
        : spark.createDataFrame(List.of(), GoldMonitoring.CUSTOMER_GRADE_HISTORY.schema());
  }

  /** Nights on which customers only join the known ones need not rewrite the table. */
  private void keepHistory(Dataset<Row> history, Dataset<Row> changed) {
    boolean again = lake.published().ofDate(run.asOf()).isPresent();
    boolean moved = again || !changed.where(col("previous_grade").isNotNull()).isEmpty();
    if (moved) {
      lake.overwrite(
          GoldMonitoring.CUSTOMER_GRADE_HISTORY,
          GradeHistory.after(history, changed, run.asOf(), run.runId()),
          run);
    } else if (!changed.isEmpty()) {
      lake.append(
          GoldMonitoring.CUSTOMER_GRADE_HISTORY,
          GradeHistory.starting(changed, run.asOf(), run.runId()),
          run);
    }
  }

  /** What {@code grade_change} says of tonight; empty when the policy before was not kept. */
  private Optional<Dataset<Row>> causes() {
    if (next != null || !lake.exists(Gold.GRADE_CHANGE)) {
      return Optional.empty();
    }
    Dataset<Row> rows =
        lake.read(Gold.GRADE_CHANGE).where(col(Columns.RUN_ID).equalTo(lit(run.runId())));
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows);
  }

  /** One pass: concentration, drift and trends. */
  private void spread(Dataset<Row> graded, long customers, boolean monthly, Quality quality) {
    List<Drift.Reference> known = references();
    List<Drift.Reference> references = new ArrayList<>(known);
    if (monthly || known.isEmpty()) {
      references.addAll(Drift.cut(graded, customers, run.asOf()));
    }
    CustomerTally tally = CustomerTally.of(graded, customers, references);
    List<Row> concentration = new ArrayList<>(Concentration.rows(tally));
    List<Drift.Finding> drift = new ArrayList<>(Drift.findings(references, tally));
    if (monthly && settings.sources().transactions().columns().containsKey(Columns.PRODUCT_ID)) {
      products(concentration, drift);
    }
    found.addAll(GroupAlerts.concentration(write(GoldMonitoring.CONCENTRATION, concentration)));
    ops.write(GoldMonitoring.LORENZ_CURVE, Concentration.lorenz(tally));
    ops.write(OpsMonitoring.DRIFT, drift.stream().map(Drift.Finding::row).toList());
    found.addAll(GroupAlerts.drift(drift));
    List<Check> trends =
        new Trends(run.asOf(), pastChecks()).checks(tally, quality.value("quarantine_share"));
    quality.add(trends);
    found.addAll(GroupAlerts.checks(trends));
  }

  /** The rows under the names of their columns. */
  private List<Row> write(TableSpec table, List<Row> rows) {
    ops.write(table, rows);
    return spark.createDataFrame(rows, table.ownSchema()).collectAsList();
  }

  private List<Drift.Reference> references() {
    if (previous == null || !lake.exists(OpsMonitoring.DRIFT)) {
      return List.of();
    }
    return Drift.references(
        lake.readPublished(OpsMonitoring.DRIFT)
            .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(previous)))
            .where(col("feature").notEqual("product_mix"))
            .collectAsList());
  }

  private void products(List<Row> concentration, List<Drift.Finding> drift) {
    LocalDate monthEnd = run.asOf().plusDays(1).withDayOfMonth(1).minusDays(1);
    ProductShare products = ProductShare.of(lake.read(Silver.TRANSACTION), run.asOf(), monthEnd);
    concentration.addAll(products.rows());
    if (products.comparable()) {
      drift.add(products.mix(monthEnd.withDayOfMonth(1).minusDays(1)));
    }
  }

  private Map<String, NavigableMap<LocalDate, Double>> pastChecks() {
    Map<String, NavigableMap<LocalDate, Double>> values = new HashMap<>();
    if (previous != null) {
      lake.readPublished(Ops.QUALITY_RESULT)
          .where(col("check_name").isin(Trends.PURCHASES_UNTIL, "quarantine_share"))
          .where(col(Columns.SNAPSHOT_DATE).geq(lit(run.asOf().minusDays(TREND_DAYS))))
          .where(col(Columns.SNAPSHOT_DATE).lt(lit(run.asOf())))
          .select("check_name", Columns.SNAPSHOT_DATE, "value")
          .collectAsList()
          .forEach(
              row ->
                  values
                      .computeIfAbsent(row.getString(0), k -> new TreeMap<>())
                      .put(row.getDate(1).toLocalDate(), row.getDouble(2)));
    }
    return values;
  }

  /** Months that have ended since the date before; the last twelve on the first night. */
  private void bridge(Dataset<Row> graded, Dataset<Row> days) {
    LocalDate to = run.asOf().plusDays(1).withDayOfMonth(1);
    LocalDate from =
        previous == null ? to.minusMonths(BRIDGE_MONTHS) : previous.plusDays(1).withDayOfMonth(1);
    if (from.isBefore(to)) {
      ops.replace(GoldMonitoring.LIFECYCLE_BRIDGE, LifecycleBridge.of(days, graded, from, to));
    }
  }
}
