package io.gradus.ml.churn;

import io.gradus.feature.LabelWindow;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns the risk that a customer buys nothing within the horizon. It looks at windows that ended
 * by the as-of date only, in memory on at most about {@value Snapshots#CUSTOMERS} customers, and
 * compares the candidates on the newest cut-off whose outcome is known before it chooses one.
 *
 * <pre>{@code
 * int horizon = Horizon.fromRepeatGaps(purchaseDays, asOf);
 * ChurnRiskModel model = new ChurnRisk(horizon).fit(purchaseDays, asOf);
 * Dataset<Row> scored = model.transform(CustomerFeatures.at(purchaseDays, asOf));
 * }</pre>
 */
public final class ChurnRisk {
  private final int horizonDays;

  /**
   * @param horizonDays days without purchase that count as churn, 7 to 730
   * @throws IllegalArgumentException when out of range
   */
  public ChurnRisk(int horizonDays) {
    if (horizonDays < 7 || horizonDays > 730) {
      throw new IllegalArgumentException("churn horizon must be 7 to 730 days: " + horizonDays);
    }
    this.horizonDays = horizonDays;
  }

  /**
   * Learns from the rows up to the date; later rows change nothing.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   */
  public ChurnRiskModel fit(Dataset<Row> purchaseDays, LocalDate asOf) {
    LocalDate first = Snapshots.firstDay(purchaseDays, asOf);
    if (first == null) {
      return none(asOf, "nobody has bought anything");
    }
    TrainingPlan plan = new TrainingPlan(asOf, horizonDays, first);
    if (!plan.predictable()) {
      return none(asOf, "history begins on " + first + ", too late for a forecast");
    }
    Set<LabelWindow> windows = windows(plan);
    Set<LocalDate> origins = new LinkedHashSet<>(List.of(asOf));
    windows.forEach(window -> origins.add(window.origin()));
    return new Learning(
            plan,
            Snapshots.read(purchaseDays, asOf, List.copyOf(origins), List.copyOf(windows)),
            false)
        .model();
  }

  /** Every window that learning for the plan's cut-off looks at. */
  static Set<LabelWindow> windows(TrainingPlan plan) {
    Set<LabelWindow> windows = new LinkedHashSet<>(plan.windows());
    plan.validation()
        .ifPresent(
            earlier -> {
              windows.addAll(earlier.windows());
              windows.add(earlier.target());
            });
    return windows;
  }

  private ChurnRiskModel none(LocalDate asOf, String reason) {
    return new ChurnRiskModel(
        new LearnedChurn(
            ChurnRiskModel.NO_HISTORY,
            reason,
            horizonDays,
            asOf.toString(),
            null,
            Rhythm.of(List.of()),
            null,
            null,
            false),
        List.of());
  }
}
