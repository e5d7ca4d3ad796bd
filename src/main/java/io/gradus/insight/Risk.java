package io.gradus.insight;

import static org.apache.spark.sql.functions.col;

import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The risk index 0..100, a weighted mean of what is known: probability of leaving (.5), credit risk
 * index (.3), return rate (.2). Without a churn model the overdue ratio takes its place: days of
 * silence over the lapsing threshold.
 */
final class Risk {
  private Risk() {}

  /** Adds {@code risk}; 100 is the greatest risk. */
  static Dataset<Row> add(Dataset<Row> customers) {
    List<String> columns = Arrays.asList(customers.columns());
    Index index = new Index();
    if (columns.contains(Columns.CHURN_PROBABILITY)) {
      index.with(.5, col(Columns.CHURN_PROBABILITY));
    } else {
      index.with(.5, col(Columns.DAYS_SINCE_LAST).divide(col(Columns.LAPSED_AFTER_DAYS)));
    }
    if (columns.contains(Columns.CREDIT_RISK)) {
      index.with(.3, col(Columns.CREDIT_RISK).divide(100));
    }
    return customers.withColumn(Columns.RISK, index.with(.2, col(Columns.RETURN_RATE)).value());
  }
}
