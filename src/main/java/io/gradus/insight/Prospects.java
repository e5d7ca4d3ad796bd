package io.gradus.insight;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * People of the customer master who never bought. They join after the models, which therefore learn
 * nothing from them: counts, revenue and expected margin are known zeros, everything a purchase
 * would tell is NULL, and so are RFM, cluster and churn. Feeds, wallet and score are as for
 * anybody.
 */
public final class Prospects {
  /** The value of {@code clv_method} and {@code churn_method} of somebody who never bought. */
  private static final String NO_PURCHASE = "no_purchase";

  private static final Set<String> ZEROS =
      Set.of(
          Columns.PURCHASE_DAYS,
          Columns.NET_TOTAL,
          Columns.GROSS_TOTAL,
          Columns.REFUND_TOTAL,
          Columns.PURCHASES_30D,
          Columns.PURCHASES_90D,
          Columns.PURCHASES_180D,
          Columns.PURCHASES_365D,
          Columns.PURCHASES_730D,
          Columns.SPEND_30D,
          Columns.SPEND_90D,
          Columns.SPEND_180D,
          Columns.SPEND_365D,
          Columns.SPEND_730D,
          Columns.CLV_12M,
          Columns.CLV_36M,
          Columns.CLV_12M_UNDISCOUNTED);

  private Prospects() {}

  /**
   * A row for each customer of the master who has none, in the columns of the customers.
   *
   * @param customers one row per customer of the ledger, with features and models
   * @param master one row per customer of the master; columns that the customers do not have are
   *     left out
   */
  public static Dataset<Row> of(Dataset<Row> customers, Dataset<Row> master) {
    List<String> given = Arrays.asList(master.columns());
    List<Column> columns = new ArrayList<>();
    for (StructField field : customers.schema().fields()) {
      String name = field.name();
      Column value = given.contains(name) ? col(name) : unknown(name);
      columns.add(value.cast(field.dataType()).as(name));
    }
    return master
        .join(
            customers.select(Columns.CUSTOMER_ID), new String[] {Columns.CUSTOMER_ID}, "left_anti")
        .select(columns.toArray(Column[]::new));
  }

  private static Column unknown(String name) {
    if (ZEROS.contains(name)) {
      return lit(0);
    }
    return switch (name) {
      case Columns.CLV_METHOD, Columns.CHURN_METHOD -> lit(NO_PURCHASE);
      case Columns.CHURN_ELIGIBLE -> lit(false);
      default -> lit(null);
    };
  }
}
