package io.gradus.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.gradus.config.ColumnMapping;
import io.gradus.config.Feed;
import io.gradus.config.FeedSource;
import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;

/**
 * The rows of an optional feed in the columns of its declared schema. Columns that are not mapped
 * are NULL; a row that lacks a required value, or has one that cannot be read, is refused by {@link
 * #requireReadable}, as a feed that is read by half would change grades for no reason.
 */
public final class FeedRows {
  private static final String WRONG = "_wrong";
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry(Columns.AMOUNT, TableSpec.MONEY),
          Map.entry("rating", DataTypes.DoubleType),
          Map.entry("confidence", DataTypes.DoubleType),
          Map.entry("rate", DataTypes.DoubleType),
          Map.entry(Columns.DAY, DataTypes.DateType),
          Map.entry("issued_on", DataTypes.DateType),
          Map.entry("due_on", DataTypes.DateType),
          Map.entry("paid_on", DataTypes.DateType),
          Map.entry("promised_on", DataTypes.DateType),
          Map.entry("delivered_on", DataTypes.DateType),
          Map.entry("rated_on", DataTypes.DateType),
          Map.entry("expires_on", DataTypes.DateType),
          Map.entry("override_from", DataTypes.DateType),
          Map.entry(Columns.OVERRIDE_UNTIL, DataTypes.DateType));

  private FeedRows() {}

  /**
   * The feed's columns, {@code source_file} and {@code source_row}, and what is wrong with the row.
   *
   * @param source the source's rows with {@code source_file} and {@code source_row}
   * @throws GradusException (input) when a mapped column is missing or dates are text without
   *     {@code date_format}
   */
  public static Dataset<Row> map(Dataset<Row> source, Feed feed, FeedSource settings) {
    List<Column> columns = new ArrayList<>();
    Column wrong = lit(null).cast(DataTypes.StringType);
    for (String name : feed.columns()) {
      DataType type = TYPES.getOrDefault(name, DataTypes.StringType);
      ColumnMapping mapping = settings.columns().get(name);
      if (mapping == null) {
        columns.add(lit(null).cast(type).as(name));
        continue;
      }
      String key = "sources." + feed.key() + ".columns." + name;
      Column given = MappedColumns.of(source, key, mapping);
      Column value = typed(source, key, name, given, type, settings);
      columns.add(value.as(name));
      Column bad = feed.required().contains(name) ? value.isNull() : lost(given, value);
      wrong = coalesce(wrong, when(bad, lit(name)));
    }
    columns.add(wrong.as(WRONG));
    columns.add(col(Columns.SOURCE_FILE));
    columns.add(col(Columns.SOURCE_ROW));
    return source.select(columns.toArray(Column[]::new));
  }

  /**
   * The feed's columns alone.
   *
   * @throws GradusException (input) naming the first row that lacks a value or has one that cannot
   *     be read
   */
  public static Dataset<Row> requireReadable(Dataset<Row> mapped, Feed feed) {
    List<Row> bad =
        mapped
            .where(col(WRONG).isNotNull())
            .select(WRONG, Columns.SOURCE_FILE, Columns.SOURCE_ROW)
            .orderBy(Columns.SOURCE_FILE, Columns.SOURCE_ROW)
            .limit(1)
            .collectAsList();
    if (!bad.isEmpty()) {
      Row row = bad.get(0);
      throw GradusException.input(
          "sources."
              + feed.key()
              + ": "
              + row.getString(0)
              + " is missing or unreadable in row "
              + row.getLong(2)
              + " of "
              + row.getString(1)
              + "; correct the row or the mapping");
    }
    return mapped.select(feed.columns().stream().map(c -> col(c)).toArray(Column[]::new));
  }

  private static Column lost(Column given, Column value) {
    return value.isNull().and(nullif(trim(given.cast(DataTypes.StringType)), lit("")).isNotNull());
  }

  private static Column typed(
      Dataset<Row> source,
      String key,
      String name,
      Column given,
      DataType type,
      FeedSource settings) {
    boolean text = source.select(given).schema().fields()[0].dataType() instanceof StringType;
    Column value = text ? nullif(trim(given), lit("")) : given;
    if (type.equals(DataTypes.StringType)) {
      Column plain = value.cast(DataTypes.StringType);
      boolean id = name.equals(Columns.CUSTOMER_ID) || name.equals("referred_id");
      return id
          ? nullif(CustomerIds.normalised(plain), lit(""))
          : name.equals(Columns.CURRENCY) ? upper(plain) : plain;
    }
    if (!type.equals(DataTypes.DateType) || !text) {
      return value.try_cast(type);
    }
    String format = settings.dateFormat();
    if (format == null) {
      throw GradusException.input(
          key + " is text; set date_format beside columns, such as yyyy-MM-dd or M/d/yyyy");
    }
    return to_date(try_to_timestamp(value, lit(format)));
  }
}
