package io.gradus.ingest;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.config.CustomerSource;
import io.gradus.config.Feed;
import io.gradus.config.FeedSource;
import io.gradus.config.Sources;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class FeedRowsTest {
  private static final String COSTS =
      "{path: costs, date_format: M/d/yyyy, columns: {customer_id: who, day: on_day, amount: {expr:"
          + " \"try_cast(sales AS DOUBLE) - try_cast(profit AS DOUBLE)\"}}}";

  @Test
  void textBecomesTheDeclaredTypes(SparkSession spark) {
    Row row = costs(spark, "(' a ', '3/9/2019', '10.5', '-1.25')").head();

    assertThat(row.<String>getAs("customer_id")).isEqualTo("a");
    assertThat(row.<Date>getAs("day")).isEqualTo(Date.valueOf("2019-03-09"));
    assertThat(row.<BigDecimal>getAs("amount")).isEqualByComparingTo("11.75");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ('a', '9.3.2019', '10', '1')   | sources.costs: day is missing or unreadable in row 1 of costs.parquet
          (NULL, '3/9/2019', '10', '1')  | sources.costs: customer_id is missing or unreadable in row 1
          ('a', '3/9/2019', 'ten', '1')  | sources.costs: amount is missing or unreadable in row 1
          """)
  void refusesARowThatCannotBeReadNamingIt(String row, String message, SparkSession spark) {
    Dataset<Row> mapped = mapped(spark, "('b', '1/1/2019', '1', '1')", row);

    assertThatThrownBy(() -> FeedRows.requireReadable(mapped, Feed.COSTS))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          costs: {path: c, columns: {customer_id: a, day: b}} | costs.columns: amount is required
          costs: {path: c, columns: {customer_id: a, day: b, amont: c}} | costs.columns: unknown key 'amont'; did you mean 'amount'?
          payments: {path: c, columns: {customer_id: a, amount: b, due_on: c}} | map issued_on and due_on (and paid_on), or paid_on alone
          cost: {path: c} | unknown key 'cost'; did you mean 'costs'?
          """)
  void refusesWrongMappings(String feed, String message) {
    String yaml =
        "transactions: {path: t, columns: {customer_id: c, timestamp: t, amount: a}}\n" + feed;

    assertThatThrownBy(() -> YamlReader.read("test.yaml", yaml, Map.of(), Sources.class))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(message);
  }

  @Test
  void amountsAreConvertedAtTheRateOfTheirDayAndNeverALaterOne(SparkSession spark) {
    Dataset<Row> transactions =
        spark.sql(
            "SELECT * FROM VALUES (1, DATE'2026-01-10', 10.00BD, 'EUR', NULL), (2, DATE'2026-01-15',"
                + " 10.00BD, 'USD', NULL), (3, DATE'2026-01-20', 10.01BD, 'USD', NULL), (4,"
                + " DATE'2026-01-09', 10.00BD, 'USD', NULL), (5, DATE'2026-01-10', 10.00BD, 'SEK',"
                + " 'missing_customer') AS t(id, day, amount, currency, reason)");
    Dataset<Row> rates =
        spark.sql(
            "SELECT * FROM VALUES ('USD', DATE'2026-01-10', 0.9D), ('USD', DATE'2026-01-20', 0.85D) AS"
                + " t(currency, day, rate)");

    List<Row> rows = FxRates.convert(transactions, rates, "EUR").orderBy("id").collectAsList();

    assertThat(rows.stream().map(r -> r.<BigDecimal>getAs("amount").toPlainString()))
        .containsExactly("10.00", "9.00", "8.51", "10.00", "10.00");
    assertThat(rows.stream().map(r -> r.<String>getAs("currency")))
        .containsExactly("EUR", "EUR", "EUR", "USD", "SEK");
    assertThat(rows.stream().map(r -> r.<String>getAs("reason")))
        .containsExactly(null, null, null, "no_exchange_rate", "missing_customer");
    assertThatThrownBy(() -> FxRates.convert(transactions, rates.union(rates), "EUR"))
        .hasMessageContaining("fx: USD on 2026-01-10 needs exactly one rate above 0");
  }

  @Test
  void theMasterIsThatOfTheAsOfDate(SparkSession spark) {
    CustomerSource settings =
        YamlReader.read(
            "test.yaml",
            "{path: m, columns: {customer_id: id, industry: sector, credit_limit: cap, valid_from: since}}",
            Map.of(),
            CustomerSource.class);
    Dataset<Row> source =
        spark.sql(
            "SELECT * FROM VALUES ('a', 'Retail', '2026-01-01', '10.5'), ('a', 'Wholesale',"
                + " '2026-03-01', 'none'), ('b', ' ', NULL, '7'), ('b', ' ', NULL, '7') AS t(id, sector, since,"
                + " cap)");

    Dataset<Row> rows = MasterRows.map(source, settings);
    List<Row> february =
        MasterRows.known(rows, "m", LocalDate.of(2026, 2, 1))
            .orderBy(MasterRows.MASTER_ID)
            .collectAsList();
    List<Row> march =
        MasterRows.known(rows, "m", LocalDate.of(2026, 3, 1))
            .orderBy(MasterRows.MASTER_ID)
            .collectAsList();

    assertThat(february).hasSize(2);
    assertThat(february.get(0).<String>getAs("industry")).isEqualTo("Retail");
    assertThat(february.get(0).<BigDecimal>getAs("credit_limit")).isEqualByComparingTo("10.5");
    assertThat(february.get(1).<String>getAs("industry")).isNull();
    assertThat(march.get(0).<String>getAs("industry")).isEqualTo("Wholesale");
    assertThat(march.get(0).<BigDecimal>getAs("credit_limit")).isNull();
    Dataset<Row> twice = MasterRows.map(source.withColumn("since", lit("2026-01-01")), settings);
    assertThatThrownBy(() -> MasterRows.known(twice, "m", LocalDate.of(2026, 2, 1)))
        .hasMessageContaining("m: customer 'a' has 2 rows");
  }

  private static Dataset<Row> costs(SparkSession spark, String... rows) {
    return FeedRows.requireReadable(mapped(spark, rows), Feed.COSTS);
  }

  private static Dataset<Row> mapped(SparkSession spark, String... rows) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < rows.length; i++) {
      values.append(i == 0 ? "" : ", ").append(rows[i].replaceFirst("\\)$", ", " + i + "L)"));
    }
    Dataset<Row> source =
        spark.sql(
            "SELECT *, 'costs.parquet' source_file FROM VALUES "
                + values
                + " AS t(who, on_day, sales, profit, source_row)");
    return FeedRows.map(
        source, Feed.COSTS, YamlReader.read("test.yaml", COSTS, Map.of(), FeedSource.class));
  }
}
