package io.gradus.monitor;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Everything the night's monitoring needs of all customers, in one pass without a shuffle: the
 * spread of revenue per scope, the spread of features over frozen bins, and how customers' own
 * order values moved.
 */
public final class CustomerTally implements Serializable {
  private static final long serialVersionUID = 1;

  /** Customers up to which Gini and Lorenz rest on every single value. */
  static final long EXACT_UNITS = 100_000;

  /** Groups within which revenue may depend on a few customers. */
  static final List<String> CUTS =
      List.of(Columns.INDUSTRY, Columns.REGION, Columns.CUSTOMER_TYPE, Columns.OWNER);

  private final boolean exact;
  private final List<String> cuts;
  private final Bins bins;
  private final Map<Scope, Spread> spreads = new TreeMap<>();
  private final Map<String, long[]> groups = new TreeMap<>();
  private final Spread ungrouped;
  private long customers;
  private long purchaseDays;
  private int newest = Integer.MAX_VALUE;
  private long compared;
  private double logRatios;
  private double squaredLogRatios;

  /** A group of customers. */
  record Scope(String column, String value) implements Comparable<Scope>, Serializable {
    @Override
    public int compareTo(Scope other) {
      int byColumn = column.compareTo(other.column);
      return byColumn != 0 ? byColumn : value.compareTo(other.value);
    }
  }

  private CustomerTally(boolean exact, List<String> cuts, Bins bins) {
    this.exact = exact;
    this.cuts = cuts;
    this.bins = bins;
    this.ungrouped = new Spread(exact);
  }

  /**
   * Tallies the customers.
   *
   * @param graded one row per graded customer
   * @param customers their number, which decides how finely values are counted
   * @param references the bins to count the features in
   */
  public static CustomerTally of(
      Dataset<Row> graded, long customers, List<Drift.Reference> references) {
    List<String> cuts = Scopes.present(graded, CUTS);
    List<Column> columns = new ArrayList<>();
    columns.add(Money.toCents(col(Columns.SPEND_365D)));
    columns.add(
        Money.toCents(col(Columns.SPEND_730D)).minus(Money.toCents(col(Columns.SPEND_365D))));
    columns.add(coalesce(col(Columns.CHURN_PROBABILITY), lit(0.0)));
    columns.add(col(Columns.PURCHASE_DAYS));
    columns.add(ownOrderValue());
    columns.add(col(Columns.DAYS_SINCE_LAST));
    boolean grouped = !Scopes.present(graded, List.of(Columns.PARENT_GROUP)).isEmpty();
    columns.add(grouped ? col(Columns.PARENT_GROUP) : lit(null).cast("string"));
    cuts.forEach(name -> columns.add(col(name)));
    references.forEach(reference -> columns.add(Drift.value(reference.feature())));
    boolean exact = customers <= EXACT_UNITS;
    Bins bins = new Bins(references.stream().map(Drift.Reference::limits).toList());
    CustomerTally all = new CustomerTally(exact, cuts, bins.empty());
    graded
        .select(columns.toArray(Column[]::new))
        .javaRDD()
        .mapPartitions(
            rows -> {
              CustomerTally part = new CustomerTally(exact, cuts, bins.empty());
              part.addAll(rows);
              return List.of(part).iterator();
            })
        .collect()
        .forEach(all::merge);
    return all;
  }

  /** A tally of rows as {@link #of} lays them out. */
  static CustomerTally ofRows(List<Row> rows, List<String> cuts, List<Drift.Reference> references) {
    Bins bins = new Bins(references.stream().map(Drift.Reference::limits).toList());
    CustomerTally all = new CustomerTally(rows.size() <= EXACT_UNITS, cuts, bins);
    all.addAll(rows.iterator());
    return all;
  }

  /** Mean order of 30 days against the 60 before, as the logarithm of their ratio. */
  private static Column ownOrderValue() {
    Column earlier = col(Columns.SPEND_90D).minus(col(Columns.SPEND_30D)).cast("double");
    Column earlierOrders = col(Columns.PURCHASES_90D).minus(col(Columns.PURCHASES_30D));
    Column now = col(Columns.SPEND_30D).cast("double");
    return when(
        earlier.gt(0).and(now.gt(0)).and(earlierOrders.gt(0)).and(col(Columns.PURCHASES_30D).gt(0)),
        org.apache.spark.sql.functions.log(
            now.multiply(earlierOrders).divide(earlier.multiply(col(Columns.PURCHASES_30D)))));
  }

  private void addAll(Iterator<Row> rows) {
    while (rows.hasNext()) {
      add(rows.next());
    }
  }

  private void add(Row row) {
    long cents = row.getLong(0);
    long before = row.getLong(1);
    double churn = row.getDouble(2);
    customers++;
    purchaseDays += row.getInt(3);
    if (!row.isNullAt(4)) {
      compared++;
      logRatios += row.getDouble(4);
      squaredLogRatios += row.getDouble(4) * row.getDouble(4);
    }
    newest = row.isNullAt(5) ? newest : Math.min(newest, row.getInt(5));
    addToGroup(row.isNullAt(6) ? null : row.getString(6), cents, before);
    spread(Scopes.ALL, Scopes.ANY).add(cents, before, churn);
    int at = 7;
    for (String cut : cuts) {
      if (!row.isNullAt(at)) {
        spread(cut, row.getString(at)).add(cents, before, churn);
      }
      at++;
    }
    bins.add(row, at);
  }

  private void addToGroup(@Nullable String group, long cents, long before) {
    if (group == null) {
      ungrouped.add(cents, before, 0);
    } else {
      long[] sums = groups.computeIfAbsent(group, k -> new long[2]);
      sums[0] += cents;
      sums[1] += before;
    }
  }

  private Spread spread(String column, String value) {
    return spreads.computeIfAbsent(new Scope(column, value), k -> new Spread(exact));
  }

  private void merge(CustomerTally other) {
    customers += other.customers;
    purchaseDays += other.purchaseDays;
    newest = Math.min(newest, other.newest);
    compared += other.compared;
    logRatios += other.logRatios;
    squaredLogRatios += other.squaredLogRatios;
    ungrouped.merge(other.ungrouped);
    bins.merge(other.bins);
    other.spreads.forEach((scope, s) -> spread(scope.column(), scope.value()).merge(s));
    other.groups.forEach(
        (group, sums) -> {
          long[] mine = groups.computeIfAbsent(group, k -> new long[2]);
          mine[0] += sums[0];
          mine[1] += sums[1];
        });
  }

  /** The spread of revenue over the customers of every scope. */
  Map<Scope, Spread> spreads() {
    return spreads;
  }

  /** The spread over parent groups, customers without one standing for themselves. */
  Spread parentGroups() {
    Spread all = new Spread(exact);
    all.merge(ungrouped);
    groups.values().forEach(sums -> all.add(sums[0], sums[1], 0));
    return all;
  }

  /** Whether any customer has a parent group. */
  boolean grouped() {
    return !groups.isEmpty();
  }

  /** Counts per bin of a reference, by its place in the list; the last bin is missing. */
  long[] bins(int reference) {
    return bins.counts(reference);
  }

  /** Customers tallied. */
  public long customers() {
    return customers;
  }

  /** Purchase days until the as-of date: the difference of two dates is what came in between. */
  public long purchaseDays() {
    return purchaseDays;
  }

  /** Days from the newest purchase of any customer to the as-of date; 0 without purchases. */
  public int daysSinceNewest() {
    return newest == Integer.MAX_VALUE ? 0 : newest;
  }

  /** Customers who ordered both in the last 30 days and in the 60 before. */
  public long compared() {
    return compared;
  }

  /** Mean logarithm of those customers' order value against their own before. */
  public double orderValueChange() {
    return compared == 0 ? 0 : logRatios / compared;
  }

  /** Standard error of {@link #orderValueChange}; infinite below two customers. */
  public double orderValueError() {
    if (compared < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = orderValueChange();
    double variance = (squaredLogRatios - compared * mean * mean) / (compared - 1);
    return Math.sqrt(Math.max(0, variance) / compared);
  }

  /** Counts of features over their bins. */
  static final class Bins implements Serializable {
    private static final long serialVersionUID = 1;
    private final double[][] limits;
    private final long[][] counts;

    Bins(List<double[]> limits) {
      this.limits = limits.toArray(double[][]::new);
      this.counts = new long[limits.size()][];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new long[this.limits[i].length + 2];
      }
    }

    Bins empty() {
      return new Bins(List.of(limits));
    }

    void add(Row row, int from) {
      for (int i = 0; i < limits.length; i++) {
        int bin = limits[i].length + 1;
        if (!row.isNullAt(from + i)) {
          double value = row.getDouble(from + i);
          bin = 0;
          while (bin < limits[i].length && value > limits[i][bin]) {
            bin++;
          }
        }
        counts[i][bin]++;
      }
    }

    void merge(Bins other) {
      for (int i = 0; i < counts.length; i++) {
        for (int bin = 0; bin < counts[i].length; bin++) {
          counts[i][bin] += other.counts[i][bin];
        }
      }
    }

    long[] counts(int i) {
      return counts[i].clone();
    }
  }
}
