package io.gradus.table;

import io.gradus.table.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Type and meaning of every column that occurs in more than one table, once. */
final class ColumnCatalog {
  private static final ColumnList COLUMNS = columns();

  private ColumnCatalog() {}

  /** The named columns in the given order. */
  static List<ColumnSpec> of(String... names) {
    return Arrays.stream(names).map(ColumnCatalog::column).toList();
  }

  /** Lists of columns, one after the other. */
  @SafeVarargs
  static List<ColumnSpec> all(List<ColumnSpec>... lists) {
    List<ColumnSpec> all = new ArrayList<>();
    Arrays.stream(lists).forEach(all::addAll);
    return all;
  }

  private static ColumnSpec column(String name) {
    return COLUMNS.find(name).orElseThrow(() -> new IllegalArgumentException("no column " + name));
  }

  private static ColumnList columns() {
    ColumnList columns = new ColumnList();
    LineCatalog.addTo(columns);
    FeatureCatalog.addTo(columns);
    ModelCatalog.addTo(columns);
    InsightCatalog.addTo(columns);
    FeedCatalog.addTo(columns);
    GradeCatalog.addTo(columns);
    return columns;
  }
}
