package io.gradus.insight;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The loyalty index 0..100, a weighted mean of: repeat purchases x/(x+3) (.30), tenure up to three
 * years (.15), regularity 1/(1+CV of gaps) (.15), activity in each of the last four windows since
 * the first purchase (.20), breadth 1 − e^(−categories/5) (.10) and goods kept, 1 − return rate
 * (.10). Unknown parts are left out.
 */
final class Loyalty {
  private Loyalty() {}

  /** Adds {@code loyalty}; NULL for customers without purchase. */
  static Dataset<Row> add(Dataset<Row> customers) {
    Column x = col(Columns.FREQUENCY).cast("double");
    Column index =
        new Index()
            .with(.30, x.divide(x.plus(3)))
            .with(.15, col(Columns.AGE).divide(3 * 365.0))
            .with(.15, lit(1.0).divide(col(Columns.GAP_CV).plus(1)))
            .with(.20, activity())
            .with(.10, lit(1.0).minus(exp(col(Columns.CATEGORY_BREADTH).divide(-5.0))))
            .with(.10, lit(1.0).minus(col(Columns.RETURN_RATE)))
            .value();
    return customers.withColumn(Columns.LOYALTY, when(col(Columns.PURCHASE_DAYS).gt(0), index));
  }

  /** The share of the windows 0–89, 90–179, 180–364 and 365–729 days back with a purchase. */
  private static Column activity() {
    Column active =
        one(col(Columns.PURCHASES_90D))
            .plus(one(col(Columns.PURCHASES_180D).minus(col(Columns.PURCHASES_90D))))
            .plus(one(col(Columns.PURCHASES_365D).minus(col(Columns.PURCHASES_180D))))
            .plus(one(col(Columns.PURCHASES_730D).minus(col(Columns.PURCHASES_365D))));
    Column age = col(Columns.AGE);
    Column possible =
        lit(1.0)
            .plus(when(age.geq(90), 1).otherwise(0))
            .plus(when(age.geq(180), 1).otherwise(0))
            .plus(when(age.geq(365), 1).otherwise(0));
    return active.divide(possible);
  }

  private static Column one(Column purchases) {
    return when(purchases.gt(0), 1).otherwise(0);
  }
}
