package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Indirect value: what the customers that a customer brought spend. */
public final class Referrals {
  /** The customer who was brought. */
  public static final String REFERRED = "referred_id";

  private static final String FIRST = "_first";

  private Referrals() {}

  /**
   * Adds {@code referrals}, the number of customers brought, and {@code referral_value}, their net
   * revenue of the last 365 days; 0 for customers who brought nobody. A customer was brought by the
   * first who referred it; of the same day, by the smallest id.
   *
   * @param customers read twice, so persist it
   * @param referrals rows of customer_id (who referred), referred_id and day; later days are not
   *     known yet
   * @throws GradusException (input) when a customer refers itself
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> referrals, LocalDate asOf) {
    refuse(referrals);
    Dataset<Row> first =
        referrals
            .where(col(Columns.DAY).leq(lit(asOf)))
            .groupBy(REFERRED)
            .agg(min(struct(col(Columns.DAY), col(Columns.CUSTOMER_ID))).as(FIRST))
            .select(col(FIRST + "." + Columns.CUSTOMER_ID), col(REFERRED));
    Dataset<Row> spend =
        customers.select(
            col(Columns.CUSTOMER_ID).as(REFERRED),
            greatest(col(Columns.SPEND_365D), lit(0)).as(Columns.REFERRAL_VALUE));
    Dataset<Row> brought =
        first
            .join(spend, new String[] {REFERRED}, "left")
            .groupBy(Columns.CUSTOMER_ID)
            .agg(
                count(lit(1)).cast("int").as(Columns.REFERRALS),
                sum(Columns.REFERRAL_VALUE).as(Columns.REFERRAL_VALUE));
    return customers
        .join(brought, new String[] {Columns.CUSTOMER_ID}, "left")
        .withColumn(Columns.REFERRALS, coalesce(col(Columns.REFERRALS), lit(0)))
        .withColumn(
            Columns.REFERRAL_VALUE,
            coalesce(col(Columns.REFERRAL_VALUE), lit(0)).cast(TableSpec.MONEY));
  }

  private static void refuse(Dataset<Row> referrals) {
    List<Row> own =
        referrals
            .where(col(Columns.CUSTOMER_ID).equalTo(col(REFERRED)))
            .orderBy(Columns.CUSTOMER_ID)
            .limit(1)
            .collectAsList();
    if (!own.isEmpty()) {
      throw GradusException.input(
          "referrals: customer "
              + own.get(0).getAs(Columns.CUSTOMER_ID)
              + " refers itself; remove the row");
    }
  }
}
