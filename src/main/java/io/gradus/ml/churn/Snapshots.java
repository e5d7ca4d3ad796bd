package io.gradus.ml.churn;

import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.PURCHASE_DAYS;
import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.feature.ChurnLabels;
import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.LabelWindow;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A bounded sample of customers at many origins, read into memory in two Spark jobs. The sample is
 * drawn by a hash of the customer id, so it is the same on any partitioning and for every origin:
 * everybody up to {@value #CUSTOMERS} customers, about that many beyond.
 */
final class Snapshots {
  /** The bound on customers in memory, per origin. */
  static final int CUSTOMERS = 30_000;

  private static final int BUCKETS = 1 << 20;
  private static final String STATE = "_state";
  private static final String SHIFT = "_shift";

  private record Known(String customer, CustomerState state) {}

  private record Outcome(int[] purchases, double[] value) {}

  private final Map<LocalDate, List<Known>> known;
  private final List<LabelWindow> windows;
  private final Map<String, Outcome> outcomes;

  private Snapshots(
      Map<LocalDate, List<Known>> known, List<LabelWindow> windows, Map<String, Outcome> outcomes) {
    this.known = known;
    this.windows = windows;
    this.outcomes = outcomes;
  }

  /** The first day with a purchase by the date, or null when there is none. */
  static @Nullable LocalDate firstDay(Dataset<Row> purchaseDays, LocalDate asOf) {
    Date first = purchases(purchaseDays, asOf).agg(min(DAY)).first().getAs(0);
    return first == null ? null : first.toLocalDate();
  }

  private static Dataset<Row> purchases(Dataset<Row> purchaseDays, LocalDate asOf) {
    return purchaseDays.where(col(DAY).leq(lit(asOf)).and(col(NET_AMOUNT).gt(0)));
  }

  /**
   * Reads the customers at the origins and their outcomes in the windows.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}; rows after {@code asOf} are left out
   * @param asOf the last day that is known
   * @param origins no later than {@code asOf}
   * @param windows each starts at one of the origins and ends by {@code asOf}
   */
  static Snapshots read(
      Dataset<Row> purchaseDays,
      LocalDate asOf,
      List<LocalDate> origins,
      List<LabelWindow> windows) {
    Dataset<Row> sample = sample(purchaseDays, asOf).persist();
    try {
      Map<String, Outcome> outcomes = windows.isEmpty() ? Map.of() : outcomes(sample, windows);
      return new Snapshots(known(sample, asOf, origins), List.copyOf(windows), outcomes);
    } finally {
      sample.unpersist();
    }
  }

  private static Dataset<Row> sample(Dataset<Row> purchaseDays, LocalDate asOf) {
    long customers =
        purchases(purchaseDays, asOf)
            .agg(approx_count_distinct(col(CUSTOMER_ID)))
            .first()
            .getLong(0);
    Dataset<Row> rows = purchaseDays.where(col(DAY).leq(lit(asOf)));
    if (customers <= CUSTOMERS) {
      return rows;
    }
    long taken = (long) ((double) BUCKETS * CUSTOMERS / customers);
    return rows.where(pmod(xxhash64(col(CUSTOMER_ID)), lit((long) BUCKETS)).lt(taken));
  }

  /**
   * All origins in one aggregation: each origin's days are moved so that the origin falls on the
   * as-of date, under a customer id of its own. Features do not depend on absolute dates.
   */
  private static Map<LocalDate, List<Known>> known(
      Dataset<Row> sample, LocalDate asOf, List<LocalDate> origins) {
    Column[] shifts =
        IntStream.range(0, origins.size())
            .mapToObj(i -> struct(lit(i), lit((int) ChronoUnit.DAYS.between(origins.get(i), asOf))))
            .toArray(Column[]::new);
    Dataset<Row> moved =
        sample
            .withColumn(SHIFT, explode(array(shifts)))
            .withColumn(DAY, date_add(col(DAY), col(SHIFT + ".col2")))
            .where(col(DAY).leq(lit(asOf)))
            .withColumn(
                CUSTOMER_ID,
                concat(col(SHIFT + ".col1").cast("string"), lit(":"), col(CUSTOMER_ID)))
            .drop(SHIFT);
    Iterator<Row> rows =
        CustomerFeatures.at(moved, asOf)
            .where(col(PURCHASE_DAYS).gt(0))
            .select(col(CUSTOMER_ID), CustomerState.columns().as(STATE))
            .toLocalIterator();
    Map<LocalDate, List<Known>> known = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      String key = row.getString(0);
      int colon = key.indexOf(':');
      LocalDate origin = origins.get(Integer.parseInt(key.substring(0, colon)));
      List<Known> customers = known.computeIfAbsent(origin, o -> new ArrayList<>());
      customers.add(new Known(key.substring(colon + 1), CustomerState.of(row.getStruct(1))));
    }
    known.values().forEach(list -> list.sort(Comparator.comparing(Known::customer)));
    return known;
  }

  private static Map<String, Outcome> outcomes(Dataset<Row> sample, List<LabelWindow> windows) {
    Map<String, Outcome> outcomes = new HashMap<>();
    Iterator<Row> rows = ChurnLabels.of(sample, windows).toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int[] purchases = new int[windows.size()];
      double[] value = new double[windows.size()];
      for (int i = 0; i < purchases.length; i++) {
        purchases[i] = row.getInt(1 + 2 * i);
        value[i] = ((BigDecimal) row.get(2 + 2 * i)).doubleValue();
      }
      outcomes.put(row.getString(0), new Outcome(purchases, value));
    }
    return outcomes;
  }

  /** Everybody with a purchase by the origin, ordered by customer id. */
  List<CustomerState> population(LocalDate origin) {
    return known.getOrDefault(origin, List.of()).stream().map(Known::state).toList();
  }

  /** The ids of {@link #population}, in its order. */
  List<String> ids(LocalDate origin) {
    return known.getOrDefault(origin, List.of()).stream().map(Known::customer).toList();
  }

  /** The customers at the window's origin with what they did in it. */
  Snapshot labelled(LabelWindow window) {
    int at = windows.indexOf(window);
    List<Known> customers = known.getOrDefault(window.origin(), List.of());
    boolean[] churned = new boolean[customers.size()];
    double[] value = new double[customers.size()];
    for (int i = 0; i < churned.length; i++) {
      Outcome outcome = outcomes.get(customers.get(i).customer());
      churned[i] = outcome == null || outcome.purchases()[at] == 0;
      value[i] = outcome == null ? 0 : outcome.value()[at];
    }
    return new Snapshot(window, customers.stream().map(Known::state).toList(), churned, value);
  }
}
