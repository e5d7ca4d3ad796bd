package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.clv.AnnualRate;
import io.gradus.clv.History;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.TotalValuation;
import io.gradus.clv.TotalValuation.Member;
import io.gradus.clv.TotalValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The value of all customers together. */
final class LifetimeTotal {
  /** Customers that come to the driver at most, up to chance. */
  static final int SAMPLE = 50_000;

  private LifetimeTotal() {}

  static TotalValue of(Dataset<?> customers, LifetimeParams params, LifetimeState state) {
    Column[] history = LifetimeColumns.histories(params);
    Dataset<Row> bought =
        customers
            .select(
                history[0].as("x"),
                history[1].as("r"),
                history[2].as("t"),
                LifetimeColumns.spendNumber(params).as("n"),
                coalesce(LifetimeColumns.spendMean(params), lit(0.0)).as("m"),
                LifetimeColumns.margin(params).as("margin"),
                LifetimeColumns.scope(params).as("scope"),
                LifetimeColumns.value(params, state).as("v"))
            .where("x is not null and r is not null and t is not null");
    Row sums =
        bought
            .agg(
                count(lit(1)),
                coalesce(sum(LifetimeColumns.clv12("v")), lit(0.0)),
                coalesce(sum(col("v").getField(LifetimeColumns.VARIANCE)), lit(0.0)))
            .head();
    double parameters =
        parameterVariance(bought, sums.getLong(0), state, params.getAnnualDiscountRate());
    return TotalValue.of(sums.getDouble(1), sums.getDouble(2), parameters);
  }

  /** Scopes are fitted to different customers, so their variances add. */
  private static double parameterVariance(
      Dataset<Row> bought, long customers, LifetimeState state, double rate) {
    long buckets = Math.max(1, (customers + SAMPLE - 1) / SAMPLE);
    Map<String, List<Member>> byScope = new HashMap<>();
    Scoped<String> names = state.scoped(ScopedState::scope);
    for (Row row :
        bought
            .select("x", "r", "t", "n", "m", "margin", "scope")
            .where(pmod(xxhash64(col("x"), col("r"), col("t"), col("m")), lit(buckets)).equalTo(0))
            .collectAsList()) {
      String scope = names.of(row.isNullAt(6) ? null : row.getString(6));
      byScope.computeIfAbsent(scope, name -> new ArrayList<>()).add(member(row));
    }
    int sampled = byScope.values().stream().mapToInt(List::size).sum();
    double scale = sampled == 0 ? 1 : (double) customers / sampled;
    double variance = variance(state.all(), byScope, rate);
    for (ScopedState models : state.scopes()) {
      variance += variance(models, byScope, rate);
    }
    return scale * scale * variance;
  }

  private static double variance(
      ScopedState models, Map<String, List<Member>> byScope, double rate) {
    return new TotalValuation(
            PurchaseModelKind.of(models.purchases().model()),
            models.purchases().k(),
            models.purchases().report(),
            models.spend().spend(),
            models.spend().report(),
            new AnnualRate(rate))
        .parameterVariance(byScope.getOrDefault(models.scope(), List.of()));
  }

  private static Member member(Row row) {
    return new Member(
        new History(row.getInt(0), row.getInt(1), row.getInt(2)),
        row.getInt(3),
        row.getDouble(4),
        row.getDouble(5));
  }
}
