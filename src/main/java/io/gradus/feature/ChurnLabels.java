package io.gradus.feature;

import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.NET_AMOUNT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Money;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What customers did in windows after a cut-off. Only customers with a row in one of the windows
 * have a row; everybody else bought nothing: churned, value 0.
 */
public final class ChurnLabels {
  private ChurnLabels() {}

  /**
   * For each window i, {@code purchases_i} INT, the purchase days in it (0 is churn), and {@code
   * value_i} DECIMAL(18,2), max(0, net amount in it).
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param windows at least one
   */
  public static Dataset<Row> of(Dataset<Row> purchaseDays, List<LabelWindow> windows) {
    List<Column> sums = new ArrayList<>();
    Column inAny = lit(false);
    for (int i = 0; i < windows.size(); i++) {
      LabelWindow window = windows.get(i);
      Column inside = col(DAY).gt(lit(window.origin())).and(col(DAY).leq(lit(window.end())));
      Column bought = inside.and(col(NET_AMOUNT).gt(0));
      inAny = inAny.or(inside);
      sums.add(sum(when(bought, 1).otherwise(0)).cast("int").as(purchases(i)));
      Column cents = when(inside, Money.toCents(col(NET_AMOUNT))).otherwise(0L);
      sums.add(Money.fromCents(greatest(sum(cents), lit(0L))).as(value(i)));
    }
    return purchaseDays
        .where(inAny)
        .groupBy(CUSTOMER_ID)
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /** The column with the purchase days of window i. */
  public static String purchases(int i) {
    return "purchases_" + i;
  }

  /** The column with the value of window i. */
  public static String value(int i) {
    return "value_" + i;
  }
}
