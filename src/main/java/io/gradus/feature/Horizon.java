package io.gradus.feature;

import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.NET_AMOUNT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The days without purchase that count as churn, read from how long customers usually wait. */
public final class Horizon {
  /** What may be chosen, in days. */
  public static final List<Integer> CHOICES = List.of(30, 60, 90, 120, 180, 365);

  private static final double COVERED = 0.8;

  private Horizon() {}

  /**
   * The smallest choice that covers 80 % of the gaps between purchases up to the date; 90 when
   * nobody bought twice, the largest when none covers them.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param asOf the last day that is known
   */
  public static int fromRepeatGaps(Dataset<Row> purchaseDays, LocalDate asOf) {
    Column previous = lag(col(DAY), 1).over(Window.partitionBy(CUSTOMER_ID).orderBy(DAY));
    Dataset<Row> gaps =
        purchaseDays
            .where(col(DAY).leq(lit(asOf)).and(col(NET_AMOUNT).gt(0)))
            .select(datediff(col(DAY), previous).as("gap"))
            .where(col("gap").isNotNull());
    Column[] within =
        CHOICES.stream()
            .map(days -> sum(when(col("gap").leq(days), 1L).otherwise(0L)))
            .toArray(Column[]::new);
    Row counts = gaps.agg(sum(lit(1L)), within).first();
    if (counts.isNullAt(0)) {
      return 90;
    }
    for (int i = 0; i < CHOICES.size(); i++) {
      if (counts.getLong(i + 1) >= COVERED * counts.getLong(0)) {
        return CHOICES.get(i);
      }
    }
    return CHOICES.get(CHOICES.size() - 1);
  }
}
