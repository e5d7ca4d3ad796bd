package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.monitor.Alert;
import io.gradus.monitor.GroupAlerts;
import io.gradus.monitor.PredictionLedger;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.OpsMonitoring;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Holds predictions against what came: those whose horizon has passed, of dates a week or more
 * apart.
 */
final class LedgerStep {
  private static final int LEDGER_WINDOW = 40;
  private static final int LEDGER_STEP = 7;

  private final Lake lake;
  private final RunRef run;
  private final List<LocalDate> past;
  private final OpsTables ops;

  /**
   * @param past the published as-of dates before the run's
   */
  LedgerStep(Lake lake, RunRef run, List<LocalDate> past, OpsTables ops) {
    this.lake = lake;
    this.run = run;
    this.past = past;
    this.ops = ops;
  }

  /**
   * Compares the predictions that are due.
   *
   * @param days every purchase day as known tonight
   * @param horizonDays of the churn probabilities
   * @return an alert for each group that the predictions missed
   */
  List<Alert> run(Dataset<Row> days, int horizonDays) {
    List<LocalDate> churn = matured(horizonDays);
    List<LocalDate> year = matured(PredictionLedger.YEAR);
    if (churn.isEmpty() && year.isEmpty()) {
      return List.of();
    }
    Map<String, Set<LocalDate>> told = told();
    List<Dataset<Row>> parts = new ArrayList<>();
    for (LocalDate date : due(churn, told.get(Columns.CHURN_PROBABILITY))) {
      Dataset<Row> same =
          snapshot(date).where(col(Columns.CHURN_HORIZON_DAYS).equalTo(horizonDays));
      parts.add(PredictionLedger.churn(same, days, date, horizonDays));
    }
    for (LocalDate date : due(year, told.get(Columns.EXPECTED_PURCHASES))) {
      parts.add(PredictionLedger.year(snapshot(date), days, date));
    }
    return parts.stream()
        .reduce(Dataset::unionByName)
        .map(rows -> GroupAlerts.ledger(ops.replace(OpsMonitoring.PREDICTION_LEDGER, rows)))
        .orElse(List.of());
  }

  private Dataset<Row> snapshot(LocalDate date) {
    return lake.readPublished(Gold.CUSTOMER_SNAPSHOT)
        .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(date)));
  }

  private List<LocalDate> matured(int horizonDays) {
    LocalDate last = run.asOf().minusDays(horizonDays);
    return past.stream()
        .filter(date -> !date.isAfter(last) && date.isAfter(last.minusDays(LEDGER_WINDOW)))
        .toList();
  }

  private static List<LocalDate> due(List<LocalDate> matured, @Nullable Set<LocalDate> told) {
    Set<LocalDate> known = new HashSet<>(told == null ? Set.of() : told);
    List<LocalDate> due = new ArrayList<>();
    for (LocalDate date : matured) {
      boolean near =
          known.stream()
              .anyMatch(other -> Math.abs(other.toEpochDay() - date.toEpochDay()) < LEDGER_STEP);
      if (!near) {
        known.add(date);
        due.add(date);
      }
    }
    return due;
  }

  private Map<String, Set<LocalDate>> told() {
    Map<String, Set<LocalDate>> told = new HashMap<>();
    if (lake.exists(OpsMonitoring.PREDICTION_LEDGER)) {
      lake.readPublished(OpsMonitoring.PREDICTION_LEDGER)
          .where(col("group_type").equalTo("all"))
          .where(col(Columns.SNAPSHOT_DATE).lt(lit(run.asOf())))
          .select("prediction", "predicted_on")
          .collectAsList()
          .forEach(
              row ->
                  told.computeIfAbsent(row.getString(0), k -> new HashSet<>())
                      .add(((Date) row.get(1)).toLocalDate()));
    }
    return told;
  }
}
