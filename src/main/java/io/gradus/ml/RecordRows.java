package io.gradus.ml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Records as table rows: one column per component, named in snake_case, NULL allowed where the
 * component is {@code @Nullable}. Components are strings, enums (written in lower case), integers,
 * doubles, booleans and lists of strings.
 */
public final class RecordRows {
  private RecordRows() {}

  /** The rows of some records, in their order. */
  public static <R extends Record> Dataset<Row> of(
      SparkSession spark, List<R> records, Class<R> type) {
    List<Row> rows = new ArrayList<>();
    for (R record : records) {
      RecordComponent[] components = type.getRecordComponents();
      @Nullable Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(record, components[i]);
      }
      rows.add(RowFactory.create(values));
    }
    return spark.createDataFrame(rows, schema(type));
  }

  /** The columns of a record class. */
  public static StructType schema(Class<? extends Record> type) {
    StructType schema = new StructType();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      schema = schema.add(columnName(component.getName()), dataType(component), nullable);
    }
    return schema;
  }

  private static String columnName(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static DataType dataType(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == String.class || type.isEnum()) {
      return DataTypes.StringType;
    }
    if (type == int.class || type == Integer.class) {
      return DataTypes.IntegerType;
    }
    if (type == long.class || type == Long.class) {
      return DataTypes.LongType;
    }
    if (type == double.class || type == Double.class) {
      return DataTypes.DoubleType;
    }
    if (type == boolean.class || type == Boolean.class) {
      return DataTypes.BooleanType;
    }
    if (type == List.class) {
      return DataTypes.createArrayType(DataTypes.StringType, false);
    }
    throw new IllegalArgumentException(
        "no column type for "
            + component.getName()
            + " of "
            + component.getDeclaringRecord().getSimpleName());
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      Object value = accessor.invoke(record);
      return value instanceof Enum<?> constant
          ? constant.name().toLowerCase(Locale.ROOT)
          : list(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component.getName(), e);
    }
  }

  private static @Nullable Object list(@Nullable Object value) {
    return value instanceof List<?> list ? list.toArray() : value;
  }
}
