package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SparkRuntimeTest {
  private static final String KEY = "spark.sql.shuffle.partitions";

  @Test
  void partitionsFollowTheRowsUnlessTheyAreGiven(SparkSession spark) {
    String before = spark.conf().get(KEY);
    try {
      SparkRuntime.fit(spark, 1_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("2");
      SparkRuntime.fit(spark, 50_000_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("50");
      System.setProperty(KEY, "7");
      spark.conf().set(KEY, 7);
      SparkRuntime.fit(spark, 50_000_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("7");
    } finally {
      System.clearProperty(KEY);
      spark.conf().set(KEY, before);
    }
  }
}
