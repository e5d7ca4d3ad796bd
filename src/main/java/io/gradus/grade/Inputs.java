package io.gradus.grade;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a policy reads of the customers, found in their columns. */
final class Inputs {
  private final StructType schema;
  private final Map<String, Indicator> byColumn = new LinkedHashMap<>();

  /**
   * The inputs of a policy and its local ones.
   *
   * @throws GradusException (usage) naming a column that the customers do not have and the nearest
   *     that they have
   */
  Inputs(Policy policy, StructType schema) {
    this.schema = schema;
    add(policy);
    policy.local().values().forEach(this::add);
    if (!policy.scope().equals(Policy.EVERYBODY)) {
      require("scope", policy.scope());
    }
  }

  /** Every indicator once. */
  List<Indicator> indicators() {
    return List.copyOf(byColumn.values());
  }

  /** The position of each indicator of a policy among all inputs. */
  int[] positions(Policy policy) {
    List<String> columns = List.copyOf(byColumn.keySet());
    return policy.indicators().stream().mapToInt(i -> columns.indexOf(i.column())).toArray();
  }

  /** All values as {@code array<double>}, NULL where missing; texts are missing here. */
  Column values() {
    return array(byColumn.values().stream().map(this::number).toArray(Column[]::new));
  }

  /** All texts as {@code array<string>}, NULL for numbers. */
  Column texts() {
    return array(byColumn.values().stream().map(this::text).toArray(Column[]::new));
  }

  /** The value of one indicator; the score of its level for a text. */
  Column number(Indicator indicator) {
    if (!isPresent(indicator.column())) {
      return lit(null).cast(DataTypes.DoubleType);
    }
    Column column = col(indicator.column());
    if (!indicator.hasLevels()) {
      return column.cast(DataTypes.DoubleType);
    }
    Column score = lit(null).cast(DataTypes.DoubleType);
    for (Map.Entry<String, Double> level : new TreeMap<>(indicator.levels()).entrySet()) {
      score = when(column.equalTo(level.getKey()), lit(level.getValue())).otherwise(score);
    }
    return score;
  }

  /** Whether the customers have the column. */
  boolean isPresent(String column) {
    return Arrays.asList(schema.fieldNames()).contains(column);
  }

  /** A column, or NULL of a type where the customers do not have it. */
  Column orNull(String column, DataType type) {
    return (isPresent(column) ? col(column) : lit(null)).cast(type);
  }

  void require(String key, String column) {
    if (!isPresent(column)) {
      List<String> known = Arrays.asList(schema.fieldNames());
      String near = YamlReader.nearest(column, known);
      throw GradusException.usage(
          "policy: "
              + key
              + ": the customers have no column '"
              + column
              + "'"
              + (near == null
                  ? "; known columns: " + String.join(", ", known)
                  : "; did you mean '" + near + "'?"));
    }
  }

  private void add(Policy policy) {
    policy
        .dimensions()
        .forEach(
            (name, dimension) ->
                dimension.indicators().forEach(indicator -> add("dimensions." + name, indicator)));
    require("abc.column", policy.abc().column());
  }

  private void add(String key, Indicator indicator) {
    if (!indicator.optional()) {
      require(key, indicator.column());
    }
    Indicator twin = byColumn.putIfAbsent(indicator.column(), indicator);
    if (twin != null && !twin.levels().equals(indicator.levels())) {
      throw GradusException.usage(
          "policy: "
              + key
              + ": '"
              + indicator.column()
              + "' has other levels in another part of the policy; use the same everywhere");
    }
  }

  private Column text(Indicator indicator) {
    return indicator.hasLevels()
        ? orNull(indicator.column(), DataTypes.StringType)
        : lit(null).cast(DataTypes.StringType);
  }
}
