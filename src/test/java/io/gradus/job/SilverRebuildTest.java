package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class SilverRebuildTest {
  @TempDir Path folder;

  @Test
  void theNewestDaysShareNoFileWithOlderOnes(SparkSession spark) {
    Dataset<Row> days =
        SmallCompany.purchaseDays(spark, 200, 300, 5).repartition(3, col("customer_id")).cache();
    LocalDate last = SmallCompany.START.plusDays(299);
    String path = folder.resolve("days").toString();

    SilverRebuild.newestApart(days, last).write().parquet(path);

    Dataset<Row> written = spark.read().schema(days.schema()).parquet(path);
    assertThat(written.exceptAll(days).isEmpty() && days.exceptAll(written).isEmpty()).isTrue();
    Date cut = Date.valueOf(last.minusDays(SilverRebuild.NEWEST_DAYS));
    List<Row> files =
        written
            .groupBy(col("_metadata.file_name"))
            .agg(min("day").as("first"), max("day").as("last"))
            .collectAsList();
    assertThat(files).anyMatch(file -> file.<Date>getAs("first").after(cut));
    assertThat(files).anyMatch(file -> !file.<Date>getAs("last").after(cut));
    assertThat(files)
        .allMatch(
            file -> file.<Date>getAs("first").after(cut) || !file.<Date>getAs("last").after(cut));
  }
}
