package io.gradus.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import io.gradus.config.ColumnMapping;
import io.gradus.config.CustomerSource;
import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The customer master in our columns; blank text and what is no number are unknown. */
public final class MasterRows {
  /** The master's customer id, named apart so that it joins without ambiguity. */
  public static final String MASTER_ID = "_master_id";

  private static final String VALID_FROM = "valid_from";
  private static final String NEWEST = "_newest";
  private static final Map<String, String> NAMES =
      Map.of("name", Columns.CUSTOMER_NAME, "type", Columns.CUSTOMER_TYPE);

  private static final Map<String, DataType> TYPES =
      Map.of(
          Columns.CREDIT_LIMIT,
          TableSpec.MONEY,
          Columns.CREDIT_STOP,
          DataTypes.BooleanType,
          Columns.MARGIN_RATE,
          DataTypes.DoubleType,
          VALID_FROM,
          DataTypes.DateType);

  private MasterRows() {}

  /**
   * Rows with {@value #MASTER_ID} and the mapped attributes; rows without an id are dropped, rows
   * that say the same are one.
   *
   * @throws GradusException (input) when a mapped column is missing
   */
  public static Dataset<Row> map(Dataset<Row> source, CustomerSource settings) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        CustomerIds.normalised(mapped(source, settings, Columns.CUSTOMER_ID).cast("string"))
            .as(MASTER_ID));
    for (String attribute : CustomerSource.ATTRIBUTES) {
      if (settings.columns().containsKey(attribute)) {
        Column text = trim(mapped(source, settings, attribute).cast("string"));
        DataType type = TYPES.getOrDefault(attribute, DataTypes.StringType);
        columns.add(
            nullif(text, lit("")).try_cast(type).as(NAMES.getOrDefault(attribute, attribute)));
      }
    }
    return source
        .select(columns.toArray(Column[]::new))
        .where(col(MASTER_ID).isNotNull().and(col(MASTER_ID).notEqual("")))
        // The same shuffle serves the check of the key and the joins by it.
        .repartition(col(MASTER_ID))
        .distinct();
  }

  /**
   * One row per customer: the only one, or with {@code valid_from} the newest that is known at the
   * as-of date.
   *
   * @throws GradusException (input) naming a customer with several rows, of the same date where
   *     rows have one, which would count its money twice
   */
  public static Dataset<Row> known(Dataset<Row> master, String path, LocalDate asOf) {
    List<String> names = Arrays.asList(master.columns());
    if (!names.contains(VALID_FROM)) {
      requireUnique(master, List.of(col(MASTER_ID)), path);
      return master;
    }
    requireUnique(master, List.of(col(MASTER_ID), col(VALID_FROM)), path);
    Column[] ordered =
        Stream.concat(Stream.of(VALID_FROM), names.stream().filter(n -> !n.equals(VALID_FROM)))
            .map(name -> col(name))
            .toArray(Column[]::new);
    return master
        .where(coalesce(col(VALID_FROM).leq(lit(asOf)), lit(true)))
        .groupBy(col(MASTER_ID).as("_id"))
        .agg(max(struct(ordered)).as(NEWEST))
        .select(NEWEST + ".*")
        .drop(VALID_FROM);
  }

  private static void requireUnique(Dataset<Row> master, List<Column> key, String path) {
    List<Row> repeated =
        master
            .groupBy(key.toArray(Column[]::new))
            .agg(count(lit(1)).as("rows"))
            .where(col("rows").gt(1))
            .orderBy(MASTER_ID)
            .limit(1)
            .collectAsList();
    if (!repeated.isEmpty()) {
      throw GradusException.input(
          path
              + ": customer '"
              + repeated.get(0).getString(0)
              + "' has "
              + repeated.get(0).<Long>getAs("rows")
              + " rows; a master has one row per customer, or per customer and valid_from");
    }
  }

  private static Column mapped(Dataset<Row> source, CustomerSource settings, String name) {
    ColumnMapping mapping = settings.columns().get(name);
    if (mapping == null) {
      throw new IllegalStateException("column " + name + " is not mapped");
    }
    return MappedColumns.of(source, "sources.customers.columns." + name, mapping);
  }
}
