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
 * Credit risk: how late a customer pays, how much is past due, and how much of the credit limit is
 * used. Only what is known at the as-of date counts: a payment made later is an open one.
 *
 * <p>From receivables, with issue and due day, all three are known. From plain payments the balance
 * is: revenue less payments, past due where it is older than {@value #TERMS} days. How late
 * payments come is then unknown and left out.
 */
public final class CreditRisk {
  /** The day a receivable was issued. */
  public static final String ISSUED = "issued_on";

  /** The day it is to be paid. */
  public static final String DUE = "due_on";

  /** The day it was paid; NULL while open. */
  public static final String PAID = "paid_on";

  /**
   * The feed: one row per receivable, paid in one sum; or per payment, without issue and due day.
   */
  public static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(ISSUED, DataTypes.DateType)
          .add(DUE, DataTypes.DateType)
          .add(PAID, DataTypes.DateType)
          .add(Columns.AMOUNT, TableSpec.MONEY);

  private static final double NINETY_DAYS = 90;
  private static final int YEAR = 365;

  /** Days after which revenue counts as due where only payments are known. */
  private static final int TERMS = 30;

  private static final String PAID_TOTAL = "_paid_total";
  private static final String DAYS_LATE = "_days_late";
  private static final String PAST_DUE = "_past_due";
  private static final String OPEN = "_open";

  private CreditRisk() {}

  /**
   * Adds {@code credit_risk} 0..100, the weighted mean of what is known: mean days late, weighted
   * by amount, over 90 (.4), share of the amount due in the last 365 days that is past due (.4) and
   * open amount over the credit limit (.2). NULL for customers without a row that is known.
   *
   * @param payments rows of {@link #SCHEMA}, all with issue and due day or all without
   * @throws GradusException (input) when a row lacks customer, dates or a positive amount, or is
   *     due or paid before it was issued
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> payments, LocalDate asOf) {
    boolean receivables = !payments.where(col(DUE).isNotNull()).isEmpty();
    return receivables
        ? ofReceivables(customers, payments, asOf)
        : ofPayments(customers, payments, asOf);
  }

  private static Dataset<Row> ofPayments(
      Dataset<Row> customers, Dataset<Row> payments, LocalDate asOf) {
    refuse(payments, col(PAID).isNotNull().and(col(Columns.AMOUNT).gt(0)));
    Dataset<Row> accounts =
        payments
            .where(col(PAID).leq(lit(asOf)))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(sum(Columns.AMOUNT).as(PAID_TOTAL));
    Column old = number(Columns.NET_TOTAL).minus(number(Columns.SPEND_30D));
    Column recent = number(Columns.SPEND_365D).minus(number(Columns.SPEND_30D));
    Column pastDue = greatest(old.minus(number(PAID_TOTAL)), lit(0.0));
    Column open = greatest(number(Columns.NET_TOTAL).minus(number(PAID_TOTAL)), lit(0.0));
    Dataset<Row> known = customers.join(accounts, new String[] {Columns.CUSTOMER_ID}, "left");
    Column isKnown = col(PAID_TOTAL).isNotNull();
    Index index = new Index().with(.4, when(isKnown.and(recent.gt(0)), pastDue.divide(recent)));
    return withLimit(known, index, when(isKnown, open)).drop(PAID_TOTAL);
  }

  private static Dataset<Row> ofReceivables(
      Dataset<Row> customers, Dataset<Row> receivables, LocalDate asOf) {
    refuse(
        receivables,
        col(DUE)
            .geq(col(ISSUED))
            .and(coalesce(col(PAID).geq(col(ISSUED)), lit(true)))
            .and(col(Columns.AMOUNT).gt(0)));
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
    Dataset<Row> joined = customers.join(accounts, new String[] {Columns.CUSTOMER_ID}, "left");
    return withLimit(joined, index, col(OPEN)).drop(DAYS_LATE, PAST_DUE, OPEN);
  }

  private static Dataset<Row> withLimit(Dataset<Row> customers, Index index, Column open) {
    if (List.of(customers.columns()).contains(Columns.CREDIT_LIMIT)) {
      Column limit = number(Columns.CREDIT_LIMIT);
      index.with(.2, when(limit.gt(0), open.divide(limit)));
    }
    return customers.withColumn(Columns.CREDIT_RISK, index.value());
  }

  private static Column number(String column) {
    return col(column).cast(DataTypes.DoubleType);
  }

  private static void refuse(Dataset<Row> payments, Column right) {
    Column whole = col(Columns.CUSTOMER_ID).isNotNull().and(right);
    List<Row> broken =
        payments
            .where(coalesce(whole, lit(false)).equalTo(false))
            .orderBy(Columns.CUSTOMER_ID, ISSUED, DUE, PAID)
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw GradusException.input(
          "payments: a row of customer "
              + broken.get(0).getAs(Columns.CUSTOMER_ID)
              + " issued on "
              + broken.get(0).getAs(ISSUED)
              + " and paid on "
              + broken.get(0).getAs(PAID)
              + " needs an amount above 0 and either issued_on with due_on and paid_on not before it,"
              + " or paid_on alone");
    }
  }
}
