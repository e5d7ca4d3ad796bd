package io.gradus.insight;

import static org.apache.spark.sql.functions.col;

import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The risk that a customer is lost by what is supplied: the mean of the return rate and, where
 * deliveries are known, of the share of late ones.
 */
final class SupplyRisk {
  private SupplyRisk() {}

  /** Adds {@code supply_risk} 0..100; NULL where neither is known. */
  static Dataset<Row> add(Dataset<Row> customers) {
    List<String> columns = Arrays.asList(customers.columns());
    Index index = new Index().with(.5, col(Columns.RETURN_RATE));
    if (columns.contains(Columns.LATE_DELIVERY_RATE)) {
      index.with(.5, col(Columns.LATE_DELIVERY_RATE));
    }
    return customers.withColumn(Columns.SUPPLY_RISK, index.value());
  }
}
