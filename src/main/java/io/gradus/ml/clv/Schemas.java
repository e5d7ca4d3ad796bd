package io.gradus.ml.clv;

import io.gradus.error.GradusException;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** The checks that estimators and models share. */
final class Schemas {
  private Schemas() {}

  /** Refuses a column that is missing or does not hold whole numbers. */
  static void requireWhole(StructType schema, String column) {
    if (!(type(schema, column) instanceof IntegralType)) {
      throw GradusException.usage(
          "Column "
              + column
              + " must hold whole numbers (INT or BIGINT; times in days), found "
              + type(schema, column).sql()
              + ".");
    }
  }

  /** Refuses a column that is missing or not numeric. */
  static void requireNumeric(StructType schema, String column) {
    if (!(type(schema, column) instanceof NumericType)) {
      throw GradusException.usage(
          "Column " + column + " must be numeric, found " + type(schema, column).sql() + ".");
    }
  }

  /** Refuses a column that is missing. */
  static void requirePresent(StructType schema, String column) {
    type(schema, column);
  }

  private static DataType type(StructType schema, String column) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw GradusException.usage("Input column " + column + " does not exist.");
    }
    return schema.apply(column).dataType();
  }

  /** The schema with a nullable DOUBLE column more; refuses a name that is taken. */
  static StructType withDouble(StructType schema, String column) {
    return with(schema, column, DataTypes.DoubleType);
  }

  /** The schema with a nullable column more; refuses a name that is taken. */
  static StructType with(StructType schema, String column, DataType type) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw GradusException.usage("Output column " + column + " already exists.");
    }
    return schema.add(column, type, true);
  }
}
