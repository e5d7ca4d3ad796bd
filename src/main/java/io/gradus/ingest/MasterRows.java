package io.gradus.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;

import io.gradus.config.ColumnMapping;
import io.gradus.config.CustomerSource;
import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The customer master in our columns; blank text and what is no number are unknown. */
public final class MasterRows {
  /** The master's customer id, named apart so that it joins without ambiguity. */
  public static final String MASTER_ID = "_master_id";

  private static final Map<String, String> NAMES =
      Map.of("name", Columns.CUSTOMER_NAME, "type", Columns.CUSTOMER_TYPE);

  private MasterRows() {}

  /**
   * Rows with {@value #MASTER_ID} and the mapped attributes; rows without an id are dropped.
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
        columns.add(
            attribute(source, settings, attribute).as(NAMES.getOrDefault(attribute, attribute)));
      }
    }
    return source
        .select(columns.toArray(Column[]::new))
        .where(col(MASTER_ID).isNotNull().and(col(MASTER_ID).notEqual("")));
  }

  /** Text without blanks at its ends, or a number; what does not read as one is unknown. */
  private static Column attribute(Dataset<Row> source, CustomerSource settings, String name) {
    Column value = mapped(source, settings, name);
    return CustomerSource.NUMBERS.contains(name)
        ? value.try_cast("double")
        : nullif(trim(value.cast("string")), lit(""));
  }

  /**
   * Refuses a master in which a customer has several rows, which would count its money twice.
   *
   * @throws GradusException (input) naming one such customer
   */
  public static void requireUnique(Dataset<Row> master, String path) {
    List<Row> repeated =
        master
            .groupBy(MASTER_ID)
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
              + repeated.get(0).getLong(1)
              + " rows; a master has one row per customer");
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
