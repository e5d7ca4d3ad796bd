package io.gradus.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.math.StabilityIndex;
import io.gradus.monitor.CustomerTally.Scope;
import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What depends on products: how revenue is spread over them, how far each of the largest depends on
 * few customers, and whether the mix of the last complete month is another than the month's before.
 */
public final class ProductShare {
  private static final String UNIT = "product";
  private static final int NAMED = 100;
  private static final int MIX_PARTS = 20;

  private final List<Row> products;
  private final Map<String, Spread> dependence;

  /**
   * @param products rows of product, cents of a year, of the year before, lines of the month and of
   *     the month before
   * @param dependence the customers of the largest products
   */
  ProductShare(List<Row> products, Map<String, Spread> dependence) {
    this.products = products;
    this.dependence = dependence;
  }

  /**
   * Reads the lines of a year, twice: by product, then the customers of the largest products.
   *
   * @param lines rows of {@code silver.transaction}
   * @param monthEnd last day of the last complete month
   */
  public static ProductShare of(Dataset<Row> lines, LocalDate asOf, LocalDate monthEnd) {
    LocalDate month = monthEnd.withDayOfMonth(1);
    Column cents = Money.toCents(col(Columns.AMOUNT));
    Column sold = col(Columns.AMOUNT).gt(0);
    Dataset<Row> year =
        lines
            .where(col(Columns.DAY).gt(lit(asOf.minusDays(730))))
            .where(col(Columns.DAY).leq(lit(asOf)))
            .where(col(Columns.PRODUCT_ID).isNotNull());
    Column recent = col(Columns.DAY).gt(lit(asOf.minusDays(365)));
    List<Row> products =
        year.groupBy(Columns.PRODUCT_ID)
            .agg(
                sum(when(recent, cents).otherwise(0L)).as("cents"),
                sum(when(recent, lit(0L)).otherwise(cents)).as("before"),
                count(when(sold.and(within(month, monthEnd)), 1)).as("lines"),
                count(when(sold.and(within(month.minusMonths(1), month.minusDays(1))), 1))
                    .as("lines_before"))
            .orderBy(col("cents").desc(), col(Columns.PRODUCT_ID))
            .collectAsList();
    Object[] named = products.stream().limit(NAMED).map(row -> (Object) row.getString(0)).toArray();
    Dataset<Row> bought =
        year.where(recent)
            .where(col(Columns.PRODUCT_ID).isin(named))
            .groupBy(Columns.PRODUCT_ID, Columns.CUSTOMER_ID)
            .agg(sum(cents).as("cents"))
            .select(Columns.PRODUCT_ID, "cents");
    Map<String, Spread> dependence = new HashMap<>();
    bought.javaRDD().mapPartitions(rows -> List.of(spreads(rows)).iterator()).collect().stream()
        .flatMap(part -> part.entrySet().stream())
        .forEach(
            part ->
                dependence
                    .computeIfAbsent(part.getKey(), k -> new Spread(false))
                    .merge(part.getValue()));
    return new ProductShare(products, dependence);
  }

  private static HashMap<String, Spread> spreads(Iterator<Row> rows) {
    HashMap<String, Spread> spreads = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      spreads.computeIfAbsent(row.getString(0), k -> new Spread(false)).add(row.getLong(1), 0, 0);
    }
    return spreads;
  }

  private static Column within(LocalDate from, LocalDate to) {
    return col(Columns.DAY).between(lit(from), lit(to));
  }

  /** Rows of {@code gold.concentration}: over products, and over the customers of each. */
  public List<Row> rows() {
    Spread all = new Spread(true);
    products.forEach(row -> all.add(row.getLong(1), row.getLong(2), 0));
    List<Row> rows = new ArrayList<>();
    rows.add(Concentration.row(new Scope(Scopes.ALL, Scopes.ANY), UNIT, all, false));
    new TreeMap<>(dependence)
        .forEach(
            (product, spread) ->
                rows.add(Concentration.row(new Scope(UNIT, product), "customer", spread, false)));
    return rows;
  }

  /**
   * The mix of order lines over the twenty products sold most in both months and all others, the
   * month against the one before; empty limits, as products have no order.
   */
  public Drift.Finding mix(LocalDate previousMonth) {
    List<Row> most =
        products.stream()
            .sorted(
                Comparator.comparingLong((Row r) -> -(r.getLong(3) + r.getLong(4)))
                    .thenComparing(r -> r.getString(0)))
            .toList();
    int parts = Math.min(MIX_PARTS, most.size());
    long[] now = new long[parts + 1];
    long[] before = new long[parts + 1];
    for (int i = 0; i < most.size(); i++) {
      now[Math.min(i, parts)] += most.get(i).getLong(3);
      before[Math.min(i, parts)] += most.get(i).getLong(4);
    }
    long then = Arrays.stream(before).sum();
    double[] shares =
        Arrays.stream(before).mapToDouble(n -> n / (double) Math.max(1, then)).toArray();
    return new Drift.Finding(
        new Drift.Reference("product_mix", previousMonth, new double[0], then, shares), now);
  }

  /** Whether both months have enough lines for their mix to be told apart. */
  public boolean comparable() {
    long now = products.stream().mapToLong(row -> row.getLong(3)).sum();
    long before = products.stream().mapToLong(row -> row.getLong(4)).sum();
    return StabilityIndex.critical(MIX_PARTS, Math.max(1, before), Math.max(1, now))
        < StabilityIndex.NOTICEABLE;
  }
}
