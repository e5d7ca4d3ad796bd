package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The stage of the relation, the first rule that holds. */
public final class Lifecycle {
  /** Known from the customer master alone: not one row in the ledger. */
  public static final String PROSPECT = "prospect";

  /**
   * Silent for longer than 95 % of the customer's usual gaps, or refunds only: bought before the
   * records begin.
   */
  public static final String LAPSED = "lapsed";

  /** Silent for longer than 80 %. */
  public static final String AT_RISK = "at_risk";

  /** First purchase less than 90 days ago. */
  public static final String NEW = "new";

  /** Back after a silence that counts as lapsed among the peers. */
  public static final String REACTIVATED = "reactivated";

  /** Grows by more than a tenth a year and more than its standard error. */
  public static final String GROWING = "growing";

  /** Shrinks by more than a tenth a year and more than its standard error. */
  public static final String DECLINING = "declining";

  /** None of the others: a steady customer. */
  public static final String MATURE = "mature";

  /** Every stage, from the first contact on. */
  public static final List<String> STAGES =
      List.of(PROSPECT, NEW, GROWING, MATURE, DECLINING, AT_RISK, LAPSED, REACTIVATED);

  private static final int NEW_DAYS = 90;
  private static final double CHANGE = Math.log(1.1);

  private Lifecycle() {}

  /** Adds {@code lifecycle}; needs growth and the personal thresholds. */
  static Dataset<Row> add(Dataset<Row> customers) {
    Column silent = col(Columns.DAYS_SINCE_LAST);
    Column logGrowth = org.apache.spark.sql.functions.log(col(Columns.GROWTH).plus(1));
    Column own = col(Columns.GROWTH_METHOD).equalTo(Growth.RATIO);
    Column stage =
        when(isUnknown(Columns.GROSS_TOTAL).and(isUnknown(Columns.REFUND_TOTAL)), PROSPECT)
            .when(isUnknown(Columns.PURCHASE_DAYS), LAPSED)
            .when(silent.gt(col(Columns.LAPSED_AFTER_DAYS)), LAPSED)
            .when(silent.gt(col(Columns.OVERDUE_AFTER_DAYS)), AT_RISK)
            .when(col(Columns.AGE).lt(NEW_DAYS), NEW)
            .when(returned(), REACTIVATED)
            .when(own.and(logGrowth.gt(CHANGE)).and(logGrowth.gt(col(Columns.GROWTH_SE))), GROWING)
            .when(
                own.and(logGrowth.lt(-CHANGE))
                    .and(logGrowth.lt(col(Columns.GROWTH_SE).multiply(-1))),
                DECLINING)
            .otherwise(MATURE);
    return customers.withColumn(Columns.LIFECYCLE, stage).drop(PersonalRhythm.PEER_LAPSED);
  }

  /** Whether a row with {@code lifecycle} is a customer: anybody but a prospect. */
  public static Column isCustomer() {
    return coalesce(col(Columns.LIFECYCLE).notEqual(PROSPECT), lit(true));
  }

  private static Column isUnknown(String column) {
    return coalesce(col(column), lit(0)).equalTo(0);
  }

  /** A silence between two windows, seen from their counts, that is longer than the threshold. */
  private static Column returned() {
    return silence(Columns.PURCHASES_30D, Columns.PURCHASES_90D, 30, 90)
        .or(silence(Columns.PURCHASES_30D, Columns.PURCHASES_180D, 30, 180))
        .or(silence(Columns.PURCHASES_90D, Columns.PURCHASES_365D, 90, 365))
        .or(silence(Columns.PURCHASES_90D, Columns.PURCHASES_730D, 90, 730));
  }

  private static Column silence(String recent, String longer, int from, int to) {
    return col(recent)
        .gt(0)
        .and(col(recent).equalTo(col(longer)))
        .and(col(Columns.AGE).geq(to))
        .and(lit(to - from).gt(col(PersonalRhythm.PEER_LAPSED)));
  }
}
