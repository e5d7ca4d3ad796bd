package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the owner's own people believe a customer spends in a year, everywhere. */
public final class WalletEstimates {
  /** How sure they are, 0..1. */
  public static final String CONFIDENCE = "confidence";

  private static final String NEWEST = "_newest";

  private WalletEstimates() {}

  /**
   * Adds {@code wallet_estimate} and {@code wallet_confidence} of the newest estimate; NULL without
   * one. Of several of the same day the largest counts.
   *
   * @param estimates rows of customer_id, amount, confidence and day; later days are not known yet
   * @throws GradusException (input) when an amount is negative or a confidence is outside 0..1
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> estimates, LocalDate asOf) {
    refuse(estimates);
    Dataset<Row> newest =
        estimates
            .where(col(Columns.DAY).leq(lit(asOf)))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(max(struct(col(Columns.DAY), col(Columns.AMOUNT), col(CONFIDENCE))).as(NEWEST))
            .select(
                col(Columns.CUSTOMER_ID),
                col(NEWEST + "." + Columns.AMOUNT).as(Columns.WALLET_ESTIMATE),
                col(NEWEST + "." + CONFIDENCE).as(Columns.WALLET_CONFIDENCE));
    return customers.join(newest, new String[] {Columns.CUSTOMER_ID}, "left");
  }

  private static void refuse(Dataset<Row> estimates) {
    Column right =
        col(Columns.AMOUNT).geq(0).and(coalesce(col(CONFIDENCE).between(0, 1), lit(true)));
    List<Row> broken =
        estimates
            .where(coalesce(right, lit(false)).equalTo(false))
            .orderBy(Columns.CUSTOMER_ID, Columns.DAY)
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw GradusException.input(
          "wallet: the estimate of customer "
              + broken.get(0).getAs(Columns.CUSTOMER_ID)
              + " of "
              + broken.get(0).getAs(Columns.DAY)
              + " needs an amount of 0 or more and a confidence of 0..1");
    }
  }
}
