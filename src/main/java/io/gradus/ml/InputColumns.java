package io.gradus.ml;

import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** One schema check for every estimator and model, with one wording. */
public final class InputColumns {
  private InputColumns() {}

  /**
   * Refuses a schema that lacks a column or has it in a type that is not numeric.
   *
   * @throws IllegalArgumentException naming the first such column
   */
  public static void requireNumeric(StructType schema, Collection<String> columns) {
    for (String column : columns) {
      require(schema, column);
      if (!(schema.apply(column).dataType() instanceof NumericType)) {
        throw new IllegalArgumentException(
            "Input column "
                + column
                + " must be numeric, found "
                + schema.apply(column).dataType().simpleString()
                + ".");
      }
    }
  }

  /**
   * Refuses a schema that lacks a column.
   *
   * @throws IllegalArgumentException naming the column and what there is
   */
  public static void require(StructType schema, String column) {
    if (Arrays.stream(schema.fieldNames()).noneMatch(column::equals)) {
      throw new IllegalArgumentException(
          "Input column "
              + column
              + " does not exist; found "
              + String.join(", ", schema.fieldNames())
              + ".");
    }
  }

  /**
   * Refuses a schema that already has a column an algorithm is about to add.
   *
   * @throws IllegalArgumentException naming the column
   */
  public static void requireAbsent(StructType schema, Collection<String> columns) {
    for (String column : columns) {
      if (Arrays.asList(schema.fieldNames()).contains(column)) {
        throw new IllegalArgumentException("Output column " + column + " already exists.");
      }
    }
  }
}
