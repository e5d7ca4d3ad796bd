package io.gradus.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.gradus.evaluate.Interval;
import io.gradus.evaluate.Wilson;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Whether groups are graded alike, also among customers of like realised value: the share of each
 * grade with its Wilson interval against the share expected if the group were graded as everybody
 * of its value deciles is.
 */
public final class Fairness {
  private static final long FEW = 30;
  private static final int ALL = 0;
  private static final String DECILE = "_decile_" + Columns.SPEND_365D;

  private Fairness() {}

  /** Customers by scope, value decile and grade: a few hundred rows; one query. */
  static Dataset<Row> counts(Dataset<Row> graded, long customers) {
    Dataset<Row> decided =
        Deciles.join(
            graded.select(columns(graded)), List.of(Columns.SPEND_365D), "_decile_", customers);
    return Scopes.explode(decided, Scopes.MASTER)
        .groupBy(col(Scopes.COLUMN), col(Scopes.VALUE), col(DECILE), col(Columns.GRADE))
        .agg(count(lit(1)).as("customers"));
  }

  private static org.apache.spark.sql.Column[] columns(Dataset<Row> graded) {
    List<String> names = new ArrayList<>(Scopes.present(graded, Scopes.MASTER));
    names.addAll(List.of(Columns.CUSTOMER_ID, Columns.SPEND_365D, Columns.GRADE));
    return names.stream()
        .map(org.apache.spark.sql.functions::col)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  /** Rows of {@code gold.fairness}; none when the customers have no group. */
  public static List<Row> of(Dataset<Row> graded, long customers) {
    return Scopes.present(graded, Scopes.MASTER).isEmpty()
        ? List.of()
        : judge(counts(graded, customers).collectAsList());
  }

  /** One group of customers. */
  private record Group(String column, String value) {}

  /** Judges the {@link #counts}. */
  static List<Row> judge(List<Row> counts) {
    Map<Group, Map<Integer, Map<String, Long>>> groups = new java.util.LinkedHashMap<>();
    TreeSet<String> grades = new TreeSet<>();
    for (Row row : counts) {
      Group group = new Group(row.getString(0), row.getString(1));
      grades.add(row.getString(3));
      Map<Integer, Map<String, Long>> deciles = groups.computeIfAbsent(group, k -> new TreeMap<>());
      for (int decile : new int[] {ALL, row.getInt(2)}) {
        deciles
            .computeIfAbsent(decile, k -> new TreeMap<>())
            .merge(row.getString(3), row.getLong(4), Long::sum);
      }
    }
    Map<Integer, Map<String, Long>> everybody =
        groups.getOrDefault(new Group(Scopes.ALL, Scopes.ANY), Map.of());
    List<Row> rows = new ArrayList<>();
    groups.forEach(
        (group, deciles) -> {
          if (!group.column().equals(Scopes.ALL)) {
            deciles
                .keySet()
                .forEach(
                    decile ->
                        grades.forEach(
                            grade -> rows.add(row(group, decile, grade, deciles, everybody))));
          }
        });
    return rows;
  }

  private static Row row(
      Group group,
      int decile,
      String grade,
      Map<Integer, Map<String, Long>> deciles,
      Map<Integer, Map<String, Long>> everybody) {
    Map<String, Long> own = deciles.getOrDefault(decile, Map.of());
    long customers = total(own);
    long graded = own.getOrDefault(grade, 0L);
    double expected = 0;
    for (Map.Entry<Integer, Map<String, Long>> part : deciles.entrySet()) {
      if (part.getKey() != ALL && (decile == ALL || decile == part.getKey())) {
        Map<String, Long> whole = everybody.getOrDefault(part.getKey(), Map.of());
        expected += total(part.getValue()) * whole.getOrDefault(grade, 0L) / (double) total(whole);
      }
    }
    double share = expected / customers;
    Interval interval = Wilson.of(graded, customers);
    String verdict =
        customers < FEW
            ? "too_few"
            : share < interval.lower() ? "above" : share > interval.upper() ? "below" : "alike";
    return RowFactory.create(
        group.column(),
        group.value(),
        decile,
        grade,
        customers,
        graded,
        interval.value(),
        interval.lower(),
        interval.upper(),
        share,
        verdict);
  }

  private static long total(Map<String, Long> grades) {
    return grades.values().stream().mapToLong(Long::longValue).sum();
  }
}
