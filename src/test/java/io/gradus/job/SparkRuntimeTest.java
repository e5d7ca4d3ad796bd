package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SparkRuntimeTest {
  private static final String KEY = "spark.sql.shuffle.partitions";
  private static final String MODE = "spark.sql.codegen.factoryMode";

  @Test
  void partitionsFollowTheRowsUnlessTheyAreGiven(SparkSession spark) {
    String before = spark.conf().get(KEY);
    try {
      SparkRuntime.partitionFor(spark, 1_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("1");
      SparkRuntime.partitionFor(spark, 100_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("2");
      SparkRuntime.partitionFor(spark, 50_000_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("50");
      System.setProperty(KEY, "7");
      spark.conf().set(KEY, 7);
      SparkRuntime.partitionFor(spark, 50_000_000);
      assertThat(spark.conf().get(KEY)).isEqualTo("7");
    } finally {
      System.clearProperty(KEY);
      spark.conf().set(KEY, before);
    }
  }

  @Test
  void fewRowsAreInterpretedUnlessAModeIsGiven(SparkSession spark) {
    String before = spark.conf().get(MODE);
    try {
      SparkRuntime.compileFor(spark, SparkRuntime.MOST_ROWS_INTERPRETED);
      assertThat(spark.conf().get(MODE)).isEqualTo("NO_CODEGEN");
      SparkRuntime.compileFor(spark, SparkRuntime.MOST_ROWS_INTERPRETED + 1);
      assertThat(spark.conf().get(MODE)).isEqualTo("FALLBACK");
      System.setProperty(MODE, "CODEGEN_ONLY");
      SparkRuntime.compileFor(spark, 1);
      assertThat(spark.conf().get(MODE)).isEqualTo("FALLBACK");
    } finally {
      System.clearProperty(MODE);
      spark.conf().set(MODE, before);
    }
  }
}
