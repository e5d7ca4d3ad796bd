package io.gradus.testing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Purchase days of a small company with buyers of very different size, some of whom leave, and some
 * refunds. The same seed gives the same rows.
 */
public final class SmallCompany {
  /** The first day of business. */
  public static final LocalDate START = LocalDate.of(2023, 1, 1);

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "customer_id STRING, day DATE, net_amount DECIMAL(18,2), gross_amount DECIMAL(18,2),"
              + " refund_amount DECIMAL(18,2), line_count INT, refund_line_count INT, category_bits"
              + " BIGINT");

  private SmallCompany() {}

  /** Purchase days of {@code customers} customers over {@code days} days. */
  public static Dataset<Row> purchaseDays(SparkSession spark, int customers, int days, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < customers; c++) {
      String id = "c%05d".formatted(c);
      double rate = Math.exp(random.nextGaussian() - 4);
      double size = Math.exp(random.nextGaussian() + 4);
      int day = random.nextInt(days);
      while (day < days) {
        rows.add(row(id, START.plusDays(day), size, random));
        if (random.nextDouble() < .05) {
          break;
        }
        day += 1 + (int) (-Math.log(random.nextDouble()) / rate);
      }
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Row row(String id, LocalDate day, double size, Random random) {
    BigDecimal gross = money(size * Math.exp(random.nextGaussian() * .5));
    BigDecimal refund = random.nextInt(20) == 0 ? money(-size) : money(0);
    return RowFactory.create(
        id,
        Date.valueOf(day),
        gross.add(refund),
        gross,
        refund,
        2,
        refund.signum() == 0 ? 0 : 1,
        1L << random.nextInt(20));
  }

  private static BigDecimal money(double amount) {
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
  }
}
