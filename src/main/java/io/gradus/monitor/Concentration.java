package io.gradus.monitor;

import io.gradus.monitor.CustomerTally.Scope;
import io.gradus.table.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** How much depends on how few, rows of {@code gold.concentration} and {@code lorenz_curve}. */
public final class Concentration {
  private static final double LARGE = 0.1;
  private static final int POINTS = 100;

  /** Columns that are units themselves: how far the whole depends on one region or industry. */
  private static final List<String> UNITS = List.of(Columns.INDUSTRY, Columns.REGION);

  private Concentration() {}

  /** Over customers in every scope, and over parent groups, industries and regions. */
  public static List<Row> rows(CustomerTally tally) {
    List<Row> rows = new ArrayList<>();
    Map<String, Spread> units = new TreeMap<>();
    tally
        .spreads()
        .forEach(
            (scope, spread) -> {
              rows.add(row(scope, "customer", spread, true));
              if (UNITS.contains(scope.column())) {
                units
                    .computeIfAbsent(scope.column(), k -> new Spread(true))
                    .add(spread.cents(), spread.centsBefore(), 0);
              }
            });
    Scope all = new Scope(Scopes.ALL, Scopes.ANY);
    units.forEach((unit, spread) -> rows.add(row(all, unit, spread, false)));
    if (tally.grouped()) {
      rows.add(row(all, Columns.PARENT_GROUP, tally.parentGroups(), false));
    }
    return rows;
  }

  /** 101 points for every scope but owners and products. */
  public static List<Row> lorenz(CustomerTally tally) {
    List<Row> rows = new ArrayList<>();
    tally
        .spreads()
        .forEach(
            (scope, spread) -> {
              if (spread.units() > 0 && !scope.column().equals(Columns.OWNER)) {
                double[] curve = spread.lorenz(POINTS);
                for (int i = 0; i <= POINTS; i++) {
                  double share = i / (double) POINTS;
                  rows.add(RowFactory.create(scope.column(), scope.value(), i, share, curve[i]));
                }
              }
            });
    return rows;
  }

  /**
   * One row in the order of the table's contract.
   *
   * @param customers whether the units are customers, whose expected loss is known
   */
  static Row row(Scope scope, String unit, Spread spread, boolean customers) {
    boolean any = spread.units() > 0;
    boolean before = spread.centsBefore() > 0;
    return RowFactory.create(
        scope.column(),
        scope.value(),
        unit,
        spread.units(),
        money(spread.cents()),
        known(any, spread.hhi()),
        known(any, 1 / spread.hhi()),
        known(any, spread.share(1)),
        known(any, spread.share(5)),
        known(any, spread.share(10)),
        known(any, spread.share(20)),
        known(any, any ? spread.gini() : 0),
        spread.above(LARGE),
        money(spread.largest(1)),
        money(spread.largest(3)),
        money(spread.largest(5)),
        customers ? money(spread.expectedLoss()) : null,
        known(before, spread.hhiBefore()),
        known(before, spread.shareBefore(5)));
  }

  private static BigDecimal money(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private static @Nullable Double known(boolean known, double value) {
    return known ? value : null;
  }
}
