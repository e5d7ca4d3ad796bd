package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.Landing;
import io.gradus.testing.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PseudonymTest {
  /** Of Python's hmac module: the key 0f0f…0f, the text 00123. */
  private static final String HASH =
      "fca09c9ed22926807a86bcacc91d6ff5e98c389ef3bb411690fb8b6d33875f3b";

  @Test
  void everyFeedNamesACustomerByTheSameKeyedHash(SparkSession spark, @TempDir Path folder)
      throws Exception {
    Landing landing = new Landing(folder);
    landing.write(
        "a.parquet",
        spark.sql(
            "SELECT explode(array(' 00123 ', 'guest')) AS customer,"
                + " TIMESTAMP'2026-03-03 10:00:00' AS sold_at, 1D AS price"));
    Path tickets =
        Landing.save(
            spark.sql("SELECT '00123' AS who, DATE'2026-03-03' AS opened"),
            folder.resolve("tickets.parquet"));
    Path key = Files.writeString(folder.resolve("key"), "0f".repeat(32) + "\n");
    Map<String, String> tracked =
        Map.of(
            "sources.tickets",
            "{path: '" + tickets + "', columns: {customer_id: who, day: opened}}");
    Map<String, String> hidden = new java.util.HashMap<>(tracked);
    hidden.put("privacy.pseudonymise.key_file", "'" + key + "'");

    TransactionInput plain = TransactionInput.plan(spark, landing.settings(tracked));
    TransactionInput named = TransactionInput.plan(spark, landing.settings(hidden));

    List<Row> rows = named.mapped().orderBy("source_row").collectAsList();
    assertThat(rows.get(0).<String>getAs("customer_id")).isEqualTo(HASH);
    assertThat(rows.get(1).<String>getAs("customer_id")).hasSize(64);
    assertThat(rows.get(1).<String>getAs("reason")).isEqualTo("placeholder_customer");
    assertThat(rows.get(0).<Long>getAs("content_hash"))
        .isNotEqualTo(plain.mapped().orderBy("source_row").head().<Long>getAs("content_hash"));
    assertThat(
            named
                .feeds()
                .rowsOrNull(io.gradus.config.Feed.TICKETS)
                .head()
                .<String>getAs("customer_id"))
        .isEqualTo(HASH);
    assertThat(named.silverHash()).isNotEqualTo(plain.silverHash());
    assertThat(io.gradus.config.YamlReader.write(landing.settings(hidden)))
        .doesNotContain("0f".repeat(32));

    Files.writeString(key, "short");
    assertThatThrownBy(() -> TransactionInput.plan(spark, landing.settings(hidden)))
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("64 hexadecimal digits")
        .hasMessageNotContaining("short");
  }
}
