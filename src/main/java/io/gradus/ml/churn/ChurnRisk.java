package io.gradus.ml.churn;

import io.gradus.feature.Horizon;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns the risk that a customer buys nothing within the horizon. It looks at windows that ended
 * by the as-of date only, in memory on at most about {@value Snapshots#CUSTOMERS} customers, and
 * compares the candidates on the newest cut-off whose outcome is known before it chooses one.
 *
 * <pre>{@code
 * ChurnRiskModel model = ChurnRisk.withHorizonOfGaps().fit(purchaseDays, asOf);
 * Dataset<Row> scored = model.transform(CustomerFeatures.at(purchaseDays, asOf));
 * }</pre>
 */
public final class ChurnRisk {
  private static final int OF_GAPS = 0;

  private final int horizonDays;

  /**
   * @param horizonDays days without purchase that count as churn, 7 to 730
   * @throws IllegalArgumentException when out of range
   */
  public ChurnRisk(int horizonDays) {
    this(horizonDays, true);
    if (horizonDays < 7 || horizonDays > 730) {
      throw new IllegalArgumentException("churn horizon must be 7 to 730 days: " + horizonDays);
    }
  }

  private ChurnRisk(int horizonDays, boolean pinned) {
    this.horizonDays = pinned ? horizonDays : OF_GAPS;
  }

  /** Learning with the horizon of {@link Horizon#covering} the customers' own gaps. */
  public static ChurnRisk withHorizonOfGaps() {
    return new ChurnRisk(OF_GAPS, false);
  }

  /**
   * Learns from the rows up to the date; later rows change nothing.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   */
  public ChurnRiskModel fit(Dataset<Row> purchaseDays, LocalDate asOf) {
    Snapshots snapshots = Snapshots.read(purchaseDays, asOf);
    int horizon = horizonDays == OF_GAPS ? Horizon.covering(snapshots.gaps()) : horizonDays;
    LocalDate first = snapshots.firstDay();
    if (first == null) {
      return none(horizon, asOf, "nobody has bought anything");
    }
    TrainingPlan plan = new TrainingPlan(asOf, horizon, first);
    if (!plan.predictable()) {
      return none(horizon, asOf, "history begins on " + first + ", too late for a forecast");
    }
    return new Learning(plan, snapshots, false).model();
  }

  private static ChurnRiskModel none(int horizon, LocalDate asOf, String reason) {
    return new ChurnRiskModel(
        new LearnedChurn(
            ChurnRiskModel.NO_HISTORY,
            reason,
            horizon,
            asOf.toString(),
            null,
            Rhythm.of(List.of()),
            null,
            null,
            false),
        List.of());
  }
}
