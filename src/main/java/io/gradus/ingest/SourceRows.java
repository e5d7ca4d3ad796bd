package io.gradus.ingest;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CATEGORY;
import static io.gradus.table.Columns.CONTENT_HASH;
import static io.gradus.table.Columns.CURRENCY;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.LINE_ID;
import static io.gradus.table.Columns.PRODUCT_ID;
import static io.gradus.table.Columns.QUANTITY;
import static io.gradus.table.Columns.REASON;
import static io.gradus.table.Columns.SOURCE_FILE;
import static io.gradus.table.Columns.SOURCE_ROW;
import static io.gradus.table.Columns.TIMESTAMP;
import static io.gradus.table.Columns.TRANSACTION_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.config.ColumnMapping;
import io.gradus.config.TransactionSource;
import io.gradus.error.GradusException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Source rows in our columns, each with the first rule that it fails, in a fixed order: the owner's
 * exclusions, customer, time, amount, currency. Binary amounts are rounded half up to the cent,
 * line by line; decimals and texts with digits below the cent fail a rule, as nobody can tell what
 * they mean.
 *
 * <p>Business days are cut in the configured zone. A time without zone is local time of that zone;
 * one that falls into a spring gap moves forward by the gap, one that occurs twice in autumn is the
 * earlier.
 */
public final class SourceRows {
  /**
   * Changes whenever a row may get another disposition than it got before, so that a lake of the
   * earlier rules is rebuilt instead of carried on.
   */
  public static final String RULES = "2";

  /** By how many millionths of the currency's unit a binary amount was rounded to its cent. */
  static final String ROUNDED = "_rounded";

  /** Whether the customer id was delivered in another spelling. */
  static final String RESPELT = "_respelt";

  private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(2199, 12, 31);
  private static final String AMOUNT_READ = "_amount_read";
  private static final String AMOUNT_GIVEN = "_amount_given";
  private static final String AMOUNT_EXACT = "_amount_exact";
  private static final String TIME_GIVEN = "_time_given";

  private final TransactionSource settings;
  private final String defaultCurrency;
  private final @Nullable String declaredZone;
  private final ZoneId zone;
  private final @Nullable LocalDate today;
  private final UnaryOperator<Column> identity;

  /**
   * @param settings the transaction feed
   * @param defaultCurrency the currency of rows whose feed maps none
   * @param declaredZone the configured zone, null when none is configured
   */
  public SourceRows(
      TransactionSource settings, String defaultCurrency, @Nullable String declaredZone) {
    this(settings, defaultCurrency, declaredZone, null, UnaryOperator.identity());
  }

  private SourceRows(
      TransactionSource settings,
      String defaultCurrency,
      @Nullable String declaredZone,
      @Nullable LocalDate today,
      UnaryOperator<Column> identity) {
    this.settings = settings;
    this.defaultCurrency = defaultCurrency;
    this.declaredZone = declaredZone;
    this.zone = ZoneId.of(declaredZone == null ? "UTC" : declaredZone);
    this.today = today;
    this.identity = identity;
  }

  /** The same rules, and no row may lie after a day. */
  public SourceRows until(LocalDate day) {
    return new SourceRows(settings, defaultCurrency, declaredZone, day, identity);
  }

  /** The same rules, and the customer id is replaced once it has passed them. */
  public SourceRows pseudonymised(UnaryOperator<Column> pseudonym) {
    return new SourceRows(settings, defaultCurrency, declaredZone, today, pseudonym);
  }

  /**
   * Our columns, {@code reason} (NULL for a valid row) and {@code content_hash}, a 64-bit hash of
   * every mapped column, by which repeated rows are found.
   *
   * @param source the feed's rows with {@code source_file} and {@code source_row}
   * @throws GradusException (input) when a mapped column is missing or of a type that cannot be
   *     used
   */
  public Dataset<Row> map(Dataset<Row> source) {
    Column excluded = exclusions(source);
    Column given = mapped(source, CUSTOMER_ID).cast("string");
    Column customer = CustomerIds.normalised(given);
    SourceAmounts amounts =
        new SourceAmounts(mapped(source, AMOUNT), type(source, AMOUNT), settings.coerceText());
    List<Column> columns = new ArrayList<>();
    columns.add(customer.as(CUSTOMER_ID));
    columns.add(CustomerIds.respelt(given, customer).as(RESPELT));
    columns.add(instant(source).as(TIMESTAMP));
    columns.add(day(source).as(DAY));
    columns.add(timeGiven(source).as(TIME_GIVEN));
    columns.add(amounts.given().as(AMOUNT_GIVEN));
    columns.add(amounts.finite().as(AMOUNT_READ));
    columns.add(amounts.cents().as(AMOUNT));
    columns.add(amounts.exact().as(AMOUNT_EXACT));
    columns.add(amounts.rounded().as(ROUNDED));
    for (String text : List.of(TRANSACTION_ID, LINE_ID, PRODUCT_ID, CATEGORY)) {
      columns.add(optional(source, text, DataTypes.StringType).as(text));
    }
    columns.add(optional(source, QUANTITY, DataTypes.DoubleType).as(QUANTITY));
    columns.add(currency(source).as(CURRENCY));
    columns.add(col(SOURCE_FILE));
    columns.add(col(SOURCE_ROW));
    columns.add(excluded.as(REASON));
    return source
        .select(columns.toArray(Column[]::new))
        .withColumn(REASON, coalesce(col(REASON), rules()))
        .withColumn(CUSTOMER_ID, identity.apply(col(CUSTOMER_ID)))
        .withColumn(CONTENT_HASH, contentHash())
        .drop(AMOUNT_READ, AMOUNT_GIVEN, AMOUNT_EXACT, TIME_GIVEN);
  }

  /** Rows of {@code silver.transaction} as they were mapped: valid, and nothing odd about them. */
  public static Dataset<Row> again(Dataset<Row> accepted) {
    return accepted
        .withColumn(REASON, lit(null).cast("string"))
        .withColumn(ROUNDED, SourceAmounts.NOT_BINARY)
        .withColumn(RESPELT, lit(false));
  }

  private Column exclusions(Dataset<Row> source) {
    Column reason = lit(null).cast("string");
    for (Map.Entry<String, String> rule : settings.exclude().entrySet()) {
      String key = "sources.transactions.exclude." + rule.getKey();
      Column condition = Expressions.column(source, key, rule.getValue());
      if (!Expressions.type(source, rule.getValue()).equals(DataTypes.BooleanType)) {
        throw GradusException.usage(key + ": \"" + rule.getValue() + "\" is no condition");
      }
      reason = coalesce(reason, when(condition, lit(Reasons.EXCLUDED_PREFIX + rule.getKey())));
    }
    return reason;
  }

  private Column rules() {
    Column day = col(DAY);
    Column rest =
        when(day.isNull().and(col(TIME_GIVEN)), Reasons.TIMESTAMP_UNREADABLE)
            .when(day.isNull(), Reasons.MISSING_TIMESTAMP)
            .when(not(day.between(lit(FIRST_DAY), lit(LAST_DAY))), Reasons.TIMESTAMP_OUT_OF_RANGE)
            .when(today == null ? lit(false) : day.gt(lit(today)), Reasons.TIMESTAMP_IN_FUTURE)
            .when(not(col(AMOUNT_GIVEN)), Reasons.MISSING_AMOUNT)
            .when(not(col(AMOUNT_READ)), Reasons.AMOUNT_NOT_FINITE)
            .when(col(AMOUNT).isNull(), Reasons.AMOUNT_UNREADABLE)
            .when(not(col(AMOUNT_EXACT)), Reasons.AMOUNT_BELOW_CENT)
            .when(col(CURRENCY).isNull(), Reasons.UNKNOWN_CURRENCY);
    return coalesce(CustomerIds.rule(col(CUSTOMER_ID), settings.placeholderCustomers()), rest);
  }

  private Column mapped(Dataset<Row> source, String name) {
    ColumnMapping mapping = settings.columns().get(name);
    if (mapping == null) {
      throw new IllegalStateException("column " + name + " is not mapped");
    }
    return MappedColumns.of(source, "sources.transactions.columns." + name, mapping);
  }

  private Column optional(Dataset<Row> source, String name, DataType type) {
    ColumnMapping mapping = settings.columns().get(name);
    if (mapping == null || !MappedColumns.given(source, mapping)) {
      return lit(null).cast(type);
    }
    Column value = mapped(source, name);
    return type.equals(DataTypes.StringType) ? value.cast(type) : value.try_cast(type);
  }

  private DataType type(Dataset<Row> source, String name) {
    return source.select(mapped(source, name)).schema().fields()[0].dataType();
  }

  private Column day(Dataset<Row> source) {
    DataType type = type(source, TIMESTAMP);
    Column time = mapped(source, TIMESTAMP);
    if (type.equals(DataTypes.TimestampType)) {
      return to_date(org.apache.spark.sql.functions.from_utc_timestamp(time, zone.getId()));
    }
    return type instanceof StringType ? to_date(localTime(source)) : time.cast("date");
  }

  private Column instant(Dataset<Row> source) {
    DataType type = type(source, TIMESTAMP);
    Column time = mapped(source, TIMESTAMP);
    if (type.equals(DataTypes.TimestampType)) {
      return time;
    }
    return new BusinessZone(zone).instant(localTime(source));
  }

  private Column localTime(Dataset<Row> source) {
    DataType type = type(source, TIMESTAMP);
    Column time = mapped(source, TIMESTAMP);
    String key = "sources.transactions.columns.timestamp";
    if (type instanceof StringType) {
      String format = settings.timestampFormat();
      if (format == null) {
        throw GradusException.input(
            key + " is text; set sources.transactions.timestamp_format, such as yyyy-MM-dd");
      }
      return org.apache.spark.sql.functions.try_to_timestamp(time, lit(format));
    }
    if (type.equals(DataTypes.TimestampNTZType) && declaredZone == null) {
      throw GradusException.input(
          key + " has times without zone; set time_zone, such as Europe/London");
    }
    if (!type.equals(DataTypes.TimestampNTZType) && !type.equals(DataTypes.DateType)) {
      throw GradusException.input(
          key + " is of type " + type.simpleString() + "; give a timestamp, a date or text");
    }
    return time.cast("timestamp");
  }

  /** Whether there is a text that should have been a time. */
  private Column timeGiven(Dataset<Row> source) {
    return type(source, TIMESTAMP) instanceof StringType
        ? coalesce(mapped(source, TIMESTAMP).rlike("\\S"), lit(false))
        : lit(false);
  }

  private Column currency(Dataset<Row> source) {
    if (!settings.columns().containsKey(CURRENCY)) {
      return lit(defaultCurrency);
    }
    Column code = upper(org.apache.spark.sql.functions.trim(mapped(source, CURRENCY)));
    Object[] known =
        Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .sorted()
            .toArray();
    return when(code.equalTo(defaultCurrency).or(code.isin(known)), code);
  }

  /** NULL and absent columns hash as empty text, which Spark's hash would otherwise skip. */
  private static Column contentHash() {
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(col(TIMESTAMP));
    columns.add(col(AMOUNT));
    for (String text : List.of(TRANSACTION_ID, LINE_ID, PRODUCT_ID, CATEGORY)) {
      columns.add(coalesce(col(text), lit("")));
    }
    columns.add(col(QUANTITY));
    columns.add(col(CURRENCY));
    return xxhash64(columns.toArray(Column[]::new));
  }
}
