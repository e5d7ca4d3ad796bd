package io.gradus.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class BusinessZoneTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "Europe/London",
        "America/Sao_Paulo",
        "Asia/Shanghai",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "+05:45"
      })
  void isSparksOwnConversion(String name, SparkSession spark) {
    // Every 23 minutes of 2025, and every fortnight or so of a century and a half.
    Dataset<Row> times =
        spark
            .range(1_735_689_600L, 1_767_225_600L, 1_380L)
            .union(spark.range(-2_400_000_000L, 2_200_000_000L, 1_234_567L))
            .select(timestamp_micros(col("id").multiply(1_000_000).plus(999_999)).as("local"));
    Dataset<Row> other =
        times
            .withColumn("ours", new BusinessZone(ZoneId.of(name)).instant(col("local")))
            .withColumn("spark", to_utc_timestamp(col("local"), lit(name)))
            .where("NOT (ours <=> spark)");

    assertThat(times.count()).isGreaterThan(25_000);
    assertThat(other.limit(3).collectAsList()).isEqualTo(List.of());
  }
}
