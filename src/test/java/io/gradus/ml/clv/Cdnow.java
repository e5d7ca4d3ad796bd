package io.gradus.ml.clv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * CDNOW customers with the statistics of 1997-09-30 and what they did in the 39 weeks after, as the
 * published fits define them: a purchase is a day with any transaction.
 */
final class Cdnow {
  private Cdnow() {}

  /** The 1/10 sample; skips the test where it is absent. */
  static Dataset<Row> sample(SparkSession spark) {
    return features(
        spark,
        spark
            .read()
            .parquet(RealData.path("cdnow/sample.parquet").toString())
            .selectExpr(
                "cast(customer_id as int) customer_id", "cast(date as string) d", "amount"));
  }

  /** The full cohort; skips the test where it is absent. */
  static Dataset<Row> master(SparkSession spark) {
    return features(
        spark,
        spark
            .read()
            .parquet(RealData.path("cdnow/transactions.parquet").toString())
            .selectExpr(
                "cast(customer_id as int) customer_id",
                "cast(date as string) d",
                "dollar_value amount"));
  }

  private static Dataset<Row> features(SparkSession spark, Dataset<Row> rows) {
    rows.createOrReplaceTempView("cdnow_rows");
    return spark.sql(
        """
        with days as (
          select customer_id, to_date(replace(d, '-', ''), 'yyyyMMdd') day, cast(sum(amount) as double) amount
          from cdnow_rows group by 1, 2),
        firsts as (
          select *, min(day) over (partition by customer_id) first,
                 lag(day) over (partition by customer_id order by day) before
          from days),
        sums as (
          select customer_id, first,
            cast(count_if(day <= '1997-09-30') as int) purchase_days,
            max(case when day <= '1997-09-30' then day end) last,
            sum(case when day <= '1997-09-30' then amount end) net_total,
            sum(case when day <= '1997-09-30' and day > first then amount end) repeat_total,
            avg(case when day <= '1997-09-30' and day > first
                     then ln(datediff(day, before)) end) log_gap_mean,
            stddev_samp(case when day <= '1997-09-30' and day > first
                     then ln(datediff(day, before)) end) log_gap_sd,
            cast(count_if(day > '1997-09-30') as int) actual_purchases,
            coalesce(sum(case when day > '1997-09-30' then amount end), 0.0) actual_spend
          from firsts group by 1, 2)
        select cast(customer_id as string) customer_id, purchase_days,
          purchase_days - 1 frequency,
          datediff(last, first) recency,
          datediff(date'1997-09-30', first) T,
          try_divide(repeat_total, purchase_days - 1) monetary_value,
          cast(net_total as decimal(18,2)) net_total, log_gap_mean, log_gap_sd,
          actual_purchases, actual_spend
        from sums
        """);
  }

  /** A file of reference values; skips the test where it is absent. */
  static JsonNode reference(String name) {
    try {
      return new ObjectMapper().readTree(RealData.path("reference/" + name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
