package io.gradus.table;

import io.gradus.table.TableSpec.ColumnSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Columns by name, each of them described once, and short names for their types. */
final class ColumnList {
  static final DataType TEXT = DataTypes.StringType;
  static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  static final DataType DATE = DataTypes.DateType;
  static final DataType TIME = DataTypes.TimestampType;
  static final DataType LONG = DataTypes.LongType;
  static final DataType INT = DataTypes.IntegerType;
  static final DataType DOUBLE = DataTypes.DoubleType;
  static final DataType BOOLEAN = DataTypes.BooleanType;
  static final DataType MONEY = TableSpec.MONEY;

  private final Map<String, ColumnSpec> columns = new LinkedHashMap<>();

  /** Describes a column that is never NULL. */
  void required(String name, DataType type, String comment) {
    add(ColumnSpec.required(name, type, comment));
  }

  /** Describes a column whose comment says when it is NULL. */
  void optional(String name, DataType type, String comment) {
    add(ColumnSpec.optional(name, type, comment));
  }

  Optional<ColumnSpec> find(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  private void add(ColumnSpec column) {
    if (columns.put(column.name(), column) != null) {
      throw new IllegalStateException("column " + column.name() + " is described twice");
    }
  }
}
