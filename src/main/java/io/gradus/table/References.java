package io.gradus.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which columns lead to which table: what joins find a row for, in every publication and for every
 * date that retention keeps.
 */
public final class References {
  private static final List<Reference> BETWEEN_TABLES =
      List.of(
          of(Gold.CUSTOMER_360, Gold.CUSTOMER_SNAPSHOT, Columns.SNAPSHOT_DATE, Columns.CUSTOMER_ID),
          of(Gold.SCORE_CONTRIBUTION, Gold.CUSTOMER_360, Columns.CUSTOMER_ID),
          of(Gold.GRADE_CHANGE, Gold.CUSTOMER_360, Columns.CUSTOMER_ID),
          of(Gold.SCORE_CONTRIBUTION, Gold.POLICY_RULER, Columns.SNAPSHOT_DATE, Columns.INDICATOR),
          of(
              Gold.CUSTOMER_SNAPSHOT,
              GoldMonitoring.GRADE_SUMMARY,
              Columns.SNAPSHOT_DATE,
              Columns.GRADE),
          of(
              Gold.CUSTOMER_SNAPSHOT,
              Gold.MATRIX_SUMMARY,
              Columns.SNAPSHOT_DATE,
              Columns.MATRIX_CELL),
          of(
              Gold.CUSTOMER_SNAPSHOT,
              Gold.RFM_SEGMENT_SUMMARY,
              Columns.SNAPSHOT_DATE,
              Columns.RFM_SEGMENT),
          of(
              Gold.CUSTOMER_SNAPSHOT,
              Gold.CLUSTER_PROFILE,
              Columns.SNAPSHOT_DATE,
              Columns.CLUSTER_KEY),
          of(Gold.KEY_ACCOUNT, Gold.CUSTOMER_SNAPSHOT, Columns.SNAPSHOT_DATE, Columns.ACCOUNT_ID),
          of(Silver.TRANSACTION, Silver.PURCHASE_DAY, Columns.CUSTOMER_ID, Columns.DAY));

  private References() {}

  /**
   * A reference: where all of the columns have a value, {@code to} has a row with the same ones.
   *
   * @param columns the columns, of the same names in both tables
   */
  public record Reference(TableSpec from, TableSpec to, List<String> columns) {
    public Reference {
      columns = List.copyOf(columns);
    }
  }

  /** Every reference, those to the run that wrote a row last. */
  public static List<Reference> all() {
    List<Reference> all = new ArrayList<>(BETWEEN_TABLES);
    Stream.of(Gold.tables(), Ops.tables())
        .flatMap(List::stream)
        .filter(table -> table != Ops.RUN)
        .filter(table -> table.columns().stream().anyMatch(c -> c.name().equals(Columns.RUN_ID)))
        .forEach(table -> all.add(of(table, Ops.RUN, Columns.RUN_ID)));
    return List.copyOf(all);
  }

  /** The references that start in one table. */
  public static List<Reference> from(TableSpec table) {
    return all().stream().filter(reference -> reference.from() == table).toList();
  }

  private static Reference of(TableSpec from, TableSpec to, String... columns) {
    return new Reference(from, to, List.of(columns));
  }
}
