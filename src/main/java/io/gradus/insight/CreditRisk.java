package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Credit risk from receivables: how late a customer pays, how much is past due, and how much of the
 * credit limit is used. Only what is known at the as-of date counts: a payment made later is an
 * open one.
 */
public final class CreditRisk {
  /** The day a receivable was issued. */
  public static final String ISSUED = "issued_on";

  /** The day it is to be paid. */
  public static final String DUE = "due_on";

  /** The day it was paid; NULL while open. */
  public static final String PAID = "paid_on";

  /** The credit limit of the customer, an optional customer column. */
  public static final String CREDIT_LIMIT = "credit_limit";

  /** The feed: one row per receivable, paid in one sum. */
  public static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(ISSUED, DataTypes.DateType)
          .add(DUE, DataTypes.DateType)
          .add(PAID, DataTypes.DateType)
          .add(Columns.AMOUNT, TableSpec.MONEY);

  private static final double NINETY_DAYS = 90;
  private static final int YEAR = 365;
  private static final String DAYS_LATE = "_days_late";
  private static final String PAST_DUE = "_past_due";
  private static final String OPEN = "_open";

  private CreditRisk() {}

  /**
   * Adds {@code credit_risk} 0..100, the weighted mean of what is known: mean days late, weighted
   * by amount, over 90 (.4), share of the amount due in the last 365 days that is past due (.4) and
   * open amount over the credit limit (.2). NULL for customers without receivables.
   *
   * @param receivables rows of {@link #SCHEMA}
   * @throws GradusException (input) when a receivable lacks customer, dates or a positive amount,
   *     or is due or paid before it was issued
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> receivables, LocalDate asOf) {
    refuse(receivables);
    Dataset<Row> known = receivables.where(col(ISSUED).leq(lit(asOf)));
    Column paid = when(col(PAID).leq(lit(asOf)), col(PAID));
    Column recent = col(DUE).between(lit(asOf.minusDays(YEAR)), lit(asOf));
    Column late = greatest(datediff(coalesce(paid, lit(asOf)), col(DUE)), lit(0));
    Column amount = col(Columns.AMOUNT).cast(DataTypes.DoubleType);
    Column due = sum(when(recent, amount));
    Dataset<Row> accounts =
        known
            .groupBy(Columns.CUSTOMER_ID)
            .agg(
                sum(when(recent, amount.multiply(late))).divide(due).as(DAYS_LATE),
                sum(when(recent, when(paid.isNull(), amount).otherwise(0.0)))
                    .divide(due)
                    .as(PAST_DUE),
                sum(when(paid.isNull(), amount).otherwise(0.0)).as(OPEN));
    Index index = new Index().with(.4, col(DAYS_LATE).divide(NINETY_DAYS)).with(.4, col(PAST_DUE));
    if (List.of(customers.columns()).contains(CREDIT_LIMIT)) {
      Column limit = col(CREDIT_LIMIT).cast(DataTypes.DoubleType);
      index.with(.2, when(limit.gt(0), col(OPEN).divide(limit)));
    }
    return customers
        .join(accounts, new String[] {Columns.CUSTOMER_ID}, "left")
        .withColumn(Columns.CREDIT_RISK, index.value())
        .drop(DAYS_LATE, PAST_DUE, OPEN);
  }

  private static void refuse(Dataset<Row> receivables) {
    Column right =
        col(Columns.CUSTOMER_ID)
            .isNotNull()
            .and(col(DUE).geq(col(ISSUED)))
            .and(coalesce(col(PAID).geq(col(ISSUED)), lit(true)))
            .and(col(Columns.AMOUNT).gt(0));
    List<Row> broken =
        receivables
            .where(coalesce(right, lit(false)).equalTo(false))
            .orderBy(Columns.CUSTOMER_ID, ISSUED, DUE)
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw GradusException.input(
          "payments: a receivable of customer "
              + broken.get(0).getAs(Columns.CUSTOMER_ID)
              + " issued on "
              + broken.get(0).getAs(ISSUED)
              + " needs customer_id, issued_on, due_on and paid_on not before it, and an amount"
              + " above 0");
    }
  }
}
