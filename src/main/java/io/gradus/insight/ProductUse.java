package io.gradus.insight;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What customers bought in the last 365 days, from order lines: how much of it is one product, how
 * unsteady their months are, and which categories they took. One pass over the lines of the year
 * and two small aggregations.
 */
public final class ProductUse {
  /** The categories with positive net amount, as {@code array<struct<key, cents>>}. */
  static final String CATEGORIES = "_categories";

  private static final int YEAR = 365;
  private static final int MONTH = 30;
  private static final int MONTHS = 12;

  /** Months known below which their spread says nothing. */
  private static final int LEAST_MONTHS = 3;

  private static final String KIND = "_kind";
  private static final String KEY = "key";
  private static final String CENTS = "cents";
  private static final String TOP = "_top_product";
  private static final String PRODUCTS = "_products";
  private static final String MONTHLY = "_monthly";
  private static final String SQUARES = "_squares";
  private static final int OF_PRODUCT = 0;
  private static final int OF_CATEGORY = 1;
  private static final int OF_MONTH = 2;

  private ProductUse() {}

  /**
   * One row per customer with a line in the year, for {@link #add}.
   *
   * @param lines rows of {@code silver.transaction}; later lines are not known yet
   * @param products whether lines have a product
   * @param categories whether they have a category
   */
  public static Dataset<Row> of(
      Dataset<Row> lines, LocalDate asOf, boolean products, boolean categories) {
    Column age = datediff(lit(asOf), col(Columns.DAY));
    List<Column> read = new ArrayList<>();
    List<Column> items = new ArrayList<>();
    read.add(col(Columns.CUSTOMER_ID));
    read.add(Money.toCents(col(Columns.AMOUNT)).as(CENTS));
    read.add(col(Columns.DAY));
    items.add(item(OF_MONTH, floor(age.divide(MONTH))));
    if (products) {
      read.add(col(Columns.PRODUCT_ID));
      items.add(item(OF_PRODUCT, col(Columns.PRODUCT_ID)));
    }
    if (categories) {
      read.add(col(Columns.CATEGORY));
      items.add(item(OF_CATEGORY, col(Columns.CATEGORY)));
    }
    Column cents = col(CENTS);
    Column bought = cents.gt(0);
    Column exact = cents.cast(DataTypes.createDecimalType(19, 0));
    Column each = explode(array(items.toArray(Column[]::new))).as("_item");
    List<Column> sums = new ArrayList<>();
    sums.add(sum(when(kind(OF_PRODUCT).and(bought), cents)).as(PRODUCTS));
    sums.add(sum(when(isMonth(), cents)).as(MONTHLY));
    sums.add(sum(when(isMonth(), exact.multiply(exact))).cast("double").as(SQUARES));
    if (categories) {
      Column taken = when(kind(OF_CATEGORY).and(bought), struct(col(KEY), cents.as(CENTS)));
      sums.add(collect_list(taken).as(CATEGORIES));
    }
    return lines
        .where(age.between(0, YEAR - 1))
        .select(read.toArray(Column[]::new))
        // Lines are fewer than their items, and both sums below need a customer's in one place.
        .repartition(col(Columns.CUSTOMER_ID))
        .select(col(Columns.CUSTOMER_ID), cents, each)
        .where(col("_item." + KEY).isNotNull())
        .groupBy(
            col(Columns.CUSTOMER_ID), col("_item." + KIND).as(KIND), col("_item." + KEY).as(KEY))
        .agg(sum(CENTS).as(CENTS))
        .groupBy(Columns.CUSTOMER_ID)
        .agg(max(when(kind(OF_PRODUCT).and(bought), cents)).as(TOP), sums.toArray(Column[]::new));
  }

  /**
   * Adds {@code top_product_share}, the share of the year's product revenue that one product makes
   * (NULL without product), and {@code revenue_cv}, the coefficient of variation of revenue in the
   * last 12 periods of 30 days, of which those before the first purchase do not count (NULL below
   * {@value #LEAST_MONTHS} periods or without revenue). The categories stay for {@link
   * WhiteSpace#add}, which drops them.
   *
   * @param customers with their features
   * @param use the result of {@link #of}
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> use) {
    Column months =
        least(floor(col(Columns.AGE).plus(1).divide(MONTH)), lit(MONTHS)).cast("double");
    Column mean = col(MONTHLY).divide(months);
    Column variance = greatest(col(SQUARES).divide(months).minus(mean.multiply(mean)), lit(0.0));
    return customers
        .join(use, new String[] {Columns.CUSTOMER_ID}, "left")
        .withColumn(Columns.TOP_PRODUCT_SHARE, col(TOP).divide(col(PRODUCTS)))
        .withColumn(
            Columns.REVENUE_CV,
            when(months.geq(LEAST_MONTHS).and(mean.gt(0)), sqrt(variance).divide(mean)))
        .drop(TOP, PRODUCTS, MONTHLY, SQUARES);
  }

  private static Column item(int kind, Column key) {
    return struct(lit(kind).as(KIND), key.cast(DataTypes.StringType).as(KEY));
  }

  private static Column kind(int kind) {
    return col(KIND).equalTo(kind);
  }

  /** The last days of the year make no whole month. */
  private static Column isMonth() {
    return coalesce(kind(OF_MONTH).and(col(KEY).notEqual(String.valueOf(MONTHS))), lit(false));
  }
}
