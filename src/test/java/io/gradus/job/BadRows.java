package io.gradus.job;

import io.gradus.error.ExitCode;
import io.gradus.ingest.Reasons;
import io.gradus.ingest.SourceRows;
import io.gradus.job.BadInput.Fate;
import io.gradus.job.BadInput.Outcome;
import io.gradus.lake.InputFiles;
import io.gradus.lake.InputOptions;
import io.gradus.lake.Manifest;
import io.gradus.testing.Landing;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Single rows that are bad or odd, all delivered in one file beside good ones. */
final class BadRows {
  private static final LocalDateTime NOON = LocalDateTime.of(2025, 3, 1, 12, 0);
  private static final StructType SOURCE =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("customer", DataTypes.StringType)
          .add("time", DataTypes.TimestampNTZType)
          .add("price", DataTypes.DoubleType)
          .add("currency", DataTypes.StringType);
  private static final String YAML =
      """
      time_zone: Europe/Berlin
      currency: EUR
      sources:
        transactions:
          path: landing
          columns:
            {customer_id: customer, timestamp: time, amount: price, currency: currency,
             transaction_id: name}
          placeholder_customers: [guest, "-1", "null", nan]
      """;

  private final List<BadInput> cases = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();

  private BadRows() {}

  static List<BadInput> all() {
    BadRows corpus = new BadRows();
    corpus.times();
    corpus.money();
    corpus.ids();
    return corpus.cases;
  }

  private void times() {
    time("the first year", LocalDateTime.of(1900, 1, 1, 0, 0), null, "1899-12-31T23:00:00Z");
    time("no time", null, Reasons.MISSING_TIMESTAMP, "");
    time("the year 1", LocalDateTime.of(1, 1, 1, 0, 0), Reasons.TIMESTAMP_OUT_OF_RANGE, "");
    time("the year 1582", LocalDateTime.of(1582, 10, 10, 0, 0), Reasons.TIMESTAMP_OUT_OF_RANGE, "");
    time("the year 9999", LocalDateTime.of(9999, 12, 31, 0, 0), Reasons.TIMESTAMP_OUT_OF_RANGE, "");
    time(
        "a day after the day of the run",
        BadInput.TODAY.plusDays(1).atStartOfDay(),
        Reasons.TIMESTAMP_IN_FUTURE,
        "");
    time(
        "the last minute of the day of the run",
        BadInput.TODAY.atTime(23, 59),
        null,
        "2026-05-01T21:59:00Z");
    time(
        "an hour that spring skips: moved forward by the gap",
        LocalDateTime.of(2025, 3, 30, 2, 30),
        null,
        "2025-03-30T01:30:00Z");
    time(
        "an hour that autumn has twice: the earlier one",
        LocalDateTime.of(2025, 10, 26, 2, 30),
        null,
        "2025-10-26T00:30:00Z");
  }

  private void money() {
    price("not a number", Double.NaN, Reasons.AMOUNT_NOT_FINITE);
    price("infinite", Double.POSITIVE_INFINITY, Reasons.AMOUNT_NOT_FINITE);
    price("minus infinite", Double.NEGATIVE_INFINITY, Reasons.AMOUNT_NOT_FINITE);
    price("no amount", null, Reasons.MISSING_AMOUNT);
    price("more digits than money has", 1e17, Reasons.AMOUNT_UNREADABLE);
    price("the largest amount", 9.9e15, null);
    price("zero: counted, no purchase", 0.0, null);
    price("a refund: nets the money, no purchase", -3.5, null);
    add("Money", "currency in small letters", "c1", NOON, 1.0, " eur ", null, "c1 1.00");
    add("Money", "no such currency", "c1", NOON, 1.0, "XXZ", Reasons.UNKNOWN_CURRENCY, "");
    add("Money", "no currency", "c1", NOON, 1.0, null, Reasons.UNKNOWN_CURRENCY, "");
  }

  private void ids() {
    id("no customer", null, Reasons.MISSING_CUSTOMER, "");
    id("blanks only", " \u00A0 ", Reasons.MISSING_CUSTOMER, "");
    for (String nobody : List.of("null", "NaN", "GUEST", "-1")) {
      id("placeholder \"" + nobody + "\"", nobody, Reasons.PLACEHOLDER_CUSTOMER, "");
    }
    id("256 characters", "x".repeat(256), null, "x".repeat(256));
    id("257 characters", "x".repeat(257), Reasons.INVALID_CUSTOMER, "");
    id("NUL inside", "c\u00001", Reasons.INVALID_CUSTOMER, "");
    id("line break inside", "c\n1", Reasons.INVALID_CUSTOMER, "");
    id("line break at the end", "c1\n", Reasons.INVALID_CUSTOMER, "");
    id("tab at the start", "\tc1", Reasons.INVALID_CUSTOMER, "");
    id("terminal escape", "c\u001b[31m1", Reasons.INVALID_CUSTOMER, "");
    id("next-line control U+0085", "c\u00851", Reasons.INVALID_CUSTOMER, "");
    id("line separator U+2028", "c\u20281", Reasons.INVALID_CUSTOMER, "");
    id("U+FFFD, which stands for what could not be read", "c\uFFFD", Reasons.INVALID_CUSTOMER, "");
    id("blanks around", "  c1 ", null, "c1");
    respelt("no-break spaces", "\u00A0c\u00A01\u00A0", "c 1");
    respelt("zero-width characters", "c\u200B1\uFEFF", "c1");
    respelt("decomposed accents (NFD)", "Cafe\u0301", "Caf\u00E9");
    id("composed accents (NFC)", "Caf\u00E9", null, "Caf\u00E9");
    id("emoji", "\uD83D\uDE80 shop", null, "\uD83D\uDE80 shop");
    id("right to left", "\u05D0\u05D1", null, "\u05D0\u05D1");
    id("leading zeros", "00123", null, "00123");
    id("SQL", "'; DROP TABLE customer", null, "'; DROP TABLE customer");
    id("a formula", "=HYPERLINK(\"x\")", null, "=HYPERLINK(\"x\")");
    id("markup", "<script>alert(1)</script>", null, "<script>alert(1)</script>");
  }

  private void time(
      String name, @Nullable LocalDateTime time, @Nullable String reason, String instant) {
    add("Time", name, "c1", time, 1.0, "EUR", reason, "c1 1.00 " + instant);
  }

  private void price(String name, @Nullable Double price, @Nullable String reason) {
    String amount =
        price == null || reason != null
            ? ""
            : java.math.BigDecimal.valueOf(price).setScale(2).toPlainString();
    add("Money", name, "c1", NOON, price, "EUR", reason, "c1 " + amount);
  }

  private void id(String name, @Nullable String id, @Nullable String reason, String known) {
    add("Ids", name, id, NOON, 1.0, "EUR", reason, known + " 1.00");
  }

  private void respelt(String name, String id, String known) {
    row("Ids", name, id, NOON, 1.0, "EUR", Fate.ACCEPTED_WITH_WARNING, known + " 1.00");
  }

  private void add(
      String area,
      String name,
      @Nullable String customer,
      @Nullable LocalDateTime time,
      @Nullable Double price,
      @Nullable String currency,
      @Nullable String reason,
      String known) {
    Fate fate = reason == null ? Fate.ACCEPTED : Fate.QUARANTINED;
    row(area, name, customer, time, price, currency, fate, reason == null ? known : reason);
  }

  private void row(
      String area,
      String name,
      @Nullable String customer,
      @Nullable LocalDateTime time,
      @Nullable Double price,
      @Nullable String currency,
      Fate fate,
      String result) {
    String key = area + " " + name;
    rows.add(RowFactory.create(key, customer, time, price, currency));
    cases.add(
        new BadInput(
            area,
            name,
            fate,
            ExitCode.DONE,
            result,
            (spark, folder) -> Objects.requireNonNull(outcomes(spark, folder).get(key))));
  }

  private synchronized Map<String, Outcome> outcomes(SparkSession spark, Path folder) {
    if (outcomes.isEmpty()) {
      Landing landing = new Landing(folder);
      landing.write("rows.parquet", spark.createDataFrame(rows, SOURCE));
      Manifest manifest =
          InputFiles.plan(spark, folder.resolve("landing").toString(), InputOptions.standard());
      var source = landing.settings(YAML, Map.of()).sources().transactions();
      SourceRows rules = new SourceRows(source, "EUR", "Europe/Berlin").until(BadInput.TODAY);
      Dataset<Row> mapped =
          InputFiles.read(spark, manifest, rules::map)
              .withColumn("text", functions.col("amount").cast("string"));
      mapped.collectAsList().forEach(row -> outcomes.put(row.getAs("transaction_id"), of(row)));
    }
    return outcomes;
  }

  private static Outcome of(Row row) {
    String reason = row.getAs("reason");
    if (reason != null) {
      return new Outcome(Fate.QUARANTINED, ExitCode.DONE, reason);
    }
    Timestamp time = row.getAs("timestamp");
    return new Outcome(
        row.<Boolean>getAs("_respelt") ? Fate.ACCEPTED_WITH_WARNING : Fate.ACCEPTED,
        ExitCode.DONE,
        row.getAs("customer_id") + " " + row.getAs("text") + " " + time.toInstant());
  }
}
