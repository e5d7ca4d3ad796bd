package io.gradus.ml.churn;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Purchase days of made-up customers: personal rates, personal drop-out, the same every time. */
final class Ledger {
  static final LocalDate START = LocalDate.of(2020, 1, 1);
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "customer_id STRING, day DATE, net_amount DECIMAL(18,2), gross_amount DECIMAL(18,2),"
              + " refund_amount DECIMAL(18,2), line_count INT, refund_line_count INT,"
              + " category_bits BIGINT");

  private final List<Row> rows = new ArrayList<>();

  /** Customers who buy every 10 to 100 days on average and leave with 10 % after each purchase. */
  static Ledger simulated(int customers, int days) {
    Ledger ledger = new Ledger();
    SplittableRandom random = new SplittableRandom(7);
    for (int c = 0; c < customers; c++) {
      double meanGap = 10 + 90 * random.nextDouble();
      double day = days * 0.6 * random.nextDouble();
      double spend = 20 + 80 * random.nextDouble();
      while (day < days) {
        double amount = spend * (0.5 + random.nextDouble());
        ledger.purchase("c" + c, START.plusDays((long) day), amount);
        if (random.nextDouble() < 0.1) {
          break;
        }
        day += Math.max(1, -meanGap * Math.log(1 - random.nextDouble()));
      }
    }
    return ledger;
  }

  Ledger purchase(String customer, LocalDate day, double amount) {
    return row(customer, day, amount, 0);
  }

  Ledger refund(String customer, LocalDate day, double amount) {
    return row(customer, day, 0, -amount);
  }

  private Ledger row(String customer, LocalDate day, double gross, double refund) {
    BigDecimal positive = BigDecimal.valueOf(Math.round(gross * 100), 2);
    BigDecimal negative = BigDecimal.valueOf(Math.round(refund * 100), 2);
    rows.add(
        RowFactory.create(
            customer,
            Date.valueOf(day),
            positive.add(negative),
            positive,
            negative,
            1,
            refund < 0 ? 1 : 0,
            1L << (customer.hashCode() & 31)));
    return this;
  }

  Dataset<Row> frame(SparkSession spark) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
