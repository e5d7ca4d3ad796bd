package io.gradus.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.gradus.math.StabilityIndex;
import io.gradus.table.Columns;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Whether inputs and scores are spread as they were: the population stability index over ten bins
 * that are cut once, on the reference date, and customers without a value as an eleventh.
 */
public final class Drift {
  private static final String RECENT_ORDER = "recent_order_value";

  /** Inputs of the models, and their scores. */
  static final List<String> FEATURES =
      List.of(
          Columns.DAYS_SINCE_LAST,
          Columns.PURCHASES_365D,
          Columns.SPEND_365D,
          Columns.GAP_MEAN,
          Columns.RETURN_RATE,
          Columns.CATEGORY_BREADTH,
          RECENT_ORDER,
          Columns.PROBABILITY_ALIVE,
          Columns.EXPECTED_PURCHASES,
          Columns.CLV_12M,
          Columns.CHURN_PROBABILITY,
          Columns.TOTAL_SCORE);

  private Drift() {}

  /**
   * Bins of one feature.
   *
   * @param date the date they were cut on
   * @param limits upper limits of all but the last, rising, inclusive
   * @param customers customers on that date
   * @param shares share per bin then, the last one missing; empty before they are counted
   */
  public record Reference(
      String feature, LocalDate date, double[] limits, long customers, double[] shares) {}

  /**
   * One row of {@code ops.drift}.
   *
   * @param counts customers per bin today, the last one missing
   */
  public record Finding(Reference reference, long[] counts) {
    long customers() {
      return Arrays.stream(counts).sum();
    }

    double[] shares() {
      return Arrays.stream(counts).mapToDouble(n -> n / (double) customers()).toArray();
    }

    /** The population stability index. */
    public double psi() {
      return StabilityIndex.of(reference.shares(), reference.customers(), shares(), customers());
    }

    /** What chance alone exceeds once in a thousand times. */
    public double critical() {
      return StabilityIndex.critical(counts.length, reference.customers(), customers());
    }

    /** Whether the spread is another one. */
    public boolean drifted() {
      return psi() > Math.max(StabilityIndex.NOTICEABLE, critical());
    }

    /** The bin that adds most. */
    int driver() {
      double[] now = shares();
      int most = 0;
      double largest = -1;
      for (int bin = 0; bin < now.length; bin++) {
        double part =
            StabilityIndex.part(
                reference.shares()[bin], reference.customers(), now[bin], customers());
        if (part > largest) {
          largest = part;
          most = bin;
        }
      }
      return most;
    }

    /** Values in the order of the table's contract. */
    public Row row() {
      int bin = driver();
      double[] limits = reference.limits();
      boolean missing = bin > limits.length;
      return RowFactory.create(
          reference.feature(),
          Date.valueOf(reference.date()),
          limits,
          reference.customers(),
          reference.shares(),
          customers(),
          shares(),
          psi(),
          critical(),
          drifted(),
          missing || bin == 0 ? null : limits[bin - 1],
          missing || bin == limits.length ? null : limits[bin],
          shares()[bin] - reference.shares()[bin]);
    }
  }

  /** The value of a feature. */
  static Column value(String feature) {
    Column value =
        feature.equals(RECENT_ORDER)
            ? when(
                col(Columns.PURCHASES_30D).gt(0),
                col(Columns.SPEND_30D).cast("double").divide(col(Columns.PURCHASES_30D)))
            : col(feature);
    return value.cast("double").as(feature);
  }

  /** Bins cut at the deciles of today's customers, not counted yet; one query. */
  public static List<Reference> cut(Dataset<Row> customers, long count, LocalDate date) {
    List<String> features =
        FEATURES.stream()
            .filter(f -> f.equals(RECENT_ORDER) || Arrays.asList(customers.columns()).contains(f))
            .toList();
    List<Column> values = features.stream().map(Drift::value).toList();
    Row row = Deciles.cuts(customers, values, count).head();
    List<Reference> references = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      double[] limits =
          row.isNullAt(i)
              ? new double[0]
              : row.<Double>getList(i).stream().mapToDouble(v -> v).distinct().sorted().toArray();
      references.add(new Reference(features.get(i), date, limits, 0, new double[0]));
    }
    return references;
  }

  /** What a tally over the references found; a reference that was only cut is its own. */
  public static List<Finding> findings(List<Reference> references, CustomerTally tally) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      long[] counts = tally.bins(i);
      Reference reference = references.get(i);
      if (reference.shares().length == 0) {
        long all = Arrays.stream(counts).sum();
        double[] shares = Arrays.stream(counts).mapToDouble(n -> n / (double) all).toArray();
        reference =
            new Reference(reference.feature(), reference.date(), reference.limits(), all, shares);
      }
      findings.add(new Finding(reference, counts));
    }
    return findings;
  }

  /** The references among rows of {@code ops.drift}: those of the newest reference date. */
  public static List<Reference> references(List<Row> rows) {
    LocalDate newest =
        rows.stream()
            .map(row -> row.<Date>getAs("reference_date").toLocalDate())
            .max(LocalDate::compareTo)
            .orElse(LocalDate.MIN);
    return rows.stream()
        .filter(row -> row.<Date>getAs("reference_date").toLocalDate().equals(newest))
        .map(
            row ->
                new Reference(
                    row.getAs("feature"),
                    newest,
                    doubles(row, "bin_limits"),
                    row.<Long>getAs("reference_customers"),
                    doubles(row, "reference_shares")))
        .toList();
  }

  private static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream().mapToDouble(v -> v).toArray();
  }
}
