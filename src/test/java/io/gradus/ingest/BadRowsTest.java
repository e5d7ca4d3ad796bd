package io.gradus.ingest;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.ColumnMapping;
import io.gradus.config.TransactionSource;
import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of bad row has one stated disposition; a good row beside it is untouched. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRowsTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2025, 3, 1, 12, 0);
  private static final StructType SOURCE =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("customer", DataTypes.StringType)
          .add("time", DataTypes.TimestampNTZType)
          .add("price", DataTypes.DoubleType)
          .add("currency", DataTypes.StringType)
          .add(Columns.SOURCE_FILE, DataTypes.StringType)
          .add(Columns.SOURCE_ROW, DataTypes.LongType);

  /**
   * One row of the corpus.
   *
   * @param reason why it is quarantined, null when it is accepted
   * @param id the accepted row's customer id
   */
  record Case(
      String name,
      @Nullable String customer,
      @Nullable LocalDateTime time,
      @Nullable Double price,
      @Nullable String currency,
      @Nullable String reason,
      @Nullable String id) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final Map<String, Row> mapped = new HashMap<>();

  private static Case id(
      String name, @Nullable String customer, @Nullable String reason, String id) {
    return new Case(name, customer, NOON, 1.0, "EUR", reason, reason == null ? id : null);
  }

  private static Case time(String name, @Nullable LocalDateTime time, @Nullable String reason) {
    return new Case(name, "c1", time, 1.0, "EUR", reason, "c1");
  }

  private static Case money(String name, @Nullable Double price, @Nullable String reason) {
    return new Case(name, "c1", NOON, price, "EUR", reason, "c1");
  }

  static List<Case> corpus() {
    String emoji = "\uD83D\uDE80 shop";
    return List.of(
        id("plain", "c1", null, "c1"),
        id("leading zeros stay text", "00123", null, "00123"),
        id("blanks around", "  c1 ", null, "c1"),
        id("no-break space inside and around", "\u00A0c\u00A01\u00A0", null, "c 1"),
        id("zero-width characters", "c\u200B1\uFEFF", null, "c1"),
        id("NFD becomes NFC", "Cafe\u0301", null, "Caf\u00E9"),
        id("emoji", emoji, null, emoji),
        id("right to left", "\u05D0\u05D1", null, "\u05D0\u05D1"),
        id("SQL as data", "'; DROP TABLE", null, "'; DROP TABLE"),
        id("formula as data", "=HYPERLINK(1)", null, "=HYPERLINK(1)"),
        id("markup as data", "<script>", null, "<script>"),
        id("longest", "x".repeat(256), null, "x".repeat(256)),
        id("null id", null, Reasons.MISSING_CUSTOMER, ""),
        id("blank id", " \u00A0 ", Reasons.MISSING_CUSTOMER, ""),
        id("placeholder in another case", "GUEST", Reasons.PLACEHOLDER_CUSTOMER, ""),
        id("placeholder -1", "-1", Reasons.PLACEHOLDER_CUSTOMER, ""),
        id("too long", "x".repeat(257), Reasons.INVALID_CUSTOMER, ""),
        id("NUL inside", "c\u00001", Reasons.INVALID_CUSTOMER, ""),
        id("line break at the end", "c1\n", Reasons.INVALID_CUSTOMER, ""),
        id("tab at the start", "\tc1", Reasons.INVALID_CUSTOMER, ""),
        id("line break inside", "c\n1", Reasons.INVALID_CUSTOMER, ""),
        id("replacement character", "c\uFFFD", Reasons.INVALID_CUSTOMER, ""),
        time("first year", LocalDateTime.of(1900, 1, 1, 0, 0), null),
        time("last year", LocalDateTime.of(2199, 12, 31, 23, 59), null),
        time("null time", null, Reasons.MISSING_TIMESTAMP),
        time("year 1", LocalDateTime.of(1, 1, 1, 0, 0), Reasons.TIMESTAMP_OUT_OF_RANGE),
        time("year 1582", LocalDateTime.of(1582, 10, 10, 0, 0), Reasons.TIMESTAMP_OUT_OF_RANGE),
        time("year 9999", LocalDateTime.of(9999, 12, 31, 0, 0), Reasons.TIMESTAMP_OUT_OF_RANGE),
        money("zero", 0.0, null),
        money("refund", -3.5, null),
        money("largest", 9.9e15, null),
        money("null amount", null, Reasons.MISSING_AMOUNT),
        money("not a number", Double.NaN, Reasons.AMOUNT_NOT_FINITE),
        money("infinite", Double.POSITIVE_INFINITY, Reasons.AMOUNT_NOT_FINITE),
        money("minus infinite", Double.NEGATIVE_INFINITY, Reasons.AMOUNT_NOT_FINITE),
        money("too large", 1e17, Reasons.AMOUNT_UNREADABLE),
        new Case("lower-case currency", "c1", NOON, 1.0, " eur ", null, "c1"),
        new Case("another currency", "c1", NOON, 1.0, "CNY", null, "c1"),
        new Case("no such currency", "c1", NOON, 1.0, "XXZ", Reasons.UNKNOWN_CURRENCY, null),
        new Case("null currency", "c1", NOON, 1.0, null, Reasons.UNKNOWN_CURRENCY, null));
  }

  private static TransactionSource feed() {
    return new TransactionSource(
        "landing",
        Map.of(
            Columns.CUSTOMER_ID, new ColumnMapping("customer", false),
            Columns.TIMESTAMP, new ColumnMapping("time", false),
            Columns.AMOUNT, new ColumnMapping("price", false),
            Columns.CURRENCY, new ColumnMapping("currency", false),
            Columns.TRANSACTION_ID, new ColumnMapping("name", false)),
        Map.of(),
        Duplicates.DROP,
        null,
        false,
        false,
        List.of("guest", "-1"));
  }

  private static Dataset<Row> source(SparkSession spark, List<Case> cases) {
    List<Row> rows = new ArrayList<>();
    for (Case c : cases) {
      rows.add(
          RowFactory.create(
              c.name(), c.customer(), c.time(), c.price(), c.currency(), "f", (long) rows.size()));
    }
    return spark.createDataFrame(rows, SOURCE);
  }

  @BeforeAll
  void map(SparkSession spark) {
    new SourceRows(feed(), "EUR", "Europe/Berlin")
        .map(source(spark, corpus()))
        .collectAsList()
        .forEach(row -> mapped.put(row.getAs(Columns.TRANSACTION_ID), row));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void rowHasItsDisposition(Case expected) {
    Row row = Objects.requireNonNull(mapped.get(expected.name()));
    assertThat(row.<String>getAs(Columns.REASON)).isEqualTo(expected.reason());
    if (expected.reason() == null) {
      assertThat(row.<String>getAs(Columns.CUSTOMER_ID)).isEqualTo(expected.id());
      BigDecimal amount = row.getAs(Columns.AMOUNT);
      assertThat(amount)
          .isEqualByComparingTo(BigDecimal.valueOf(Objects.requireNonNull(expected.price())));
    }
  }

  @Test
  void ofRepeatedRowsOneIsAcceptedAndMoneyAddsUp(SparkSession spark) {
    Case twice = id("twice", "c1", null, "c1");
    Case bad = id("bad twice", null, Reasons.MISSING_CUSTOMER, "");
    Case once = id("once", "c1", null, "c1");
    Dataset<Row> rows =
        new SourceRows(feed(), "EUR", "Europe/Berlin")
            .map(source(spark, List.of(twice, once, twice, bad, bad, twice)));
    Tally tally = new Tally(names(rows));
    Dataset<Row> repeated = tally.repeated(rows, Duplicates.DROP);
    Reconciliation counted = Tally.reconcile(rows, repeated);

    assertThat(counted.rows(Reconciliation.Disposition.ACCEPTED)).isEqualTo(2);
    assertThat(counted.rows(Reconciliation.Disposition.DUPLICATE)).isEqualTo(2);
    assertThat(counted.rows(Reconciliation.Disposition.QUARANTINED)).isEqualTo(2);
    assertThat(counted.amount(Reconciliation.Disposition.DUPLICATE)).isEqualByComparingTo("2.00");
    assertThat(tally.accepted(rows, repeated, counted).count()).isEqualTo(2);
    Dataset<Row> rejected = tally.rejected(rows, repeated, counted);
    assertThat(rejected.where(col(Columns.REASON).equalTo("duplicate")).count()).isEqualTo(2);
    assertThat(rejected.count()).isEqualTo(4);

    Dataset<Row> kept = tally.repeated(rows, Duplicates.KEEP);
    assertThat(Tally.reconcile(rows, kept).rows(Reconciliation.Disposition.ACCEPTED)).isEqualTo(4);
  }

  private static List<String> names(Dataset<Row> rows) {
    return rows.select(Columns.SOURCE_FILE).distinct().as(Encoders.STRING()).collectAsList();
  }
}
