package io.gradus.feature;

import static io.gradus.table.Columns.GAP_CV;
import static io.gradus.table.Columns.GAP_MEAN;
import static io.gradus.table.Columns.LOG_GAP_MEAN;
import static io.gradus.table.Columns.LOG_GAP_SD;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import io.gradus.table.Silver;
import io.gradus.table.StaticCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a calendar bitmap says, in which bit <i>d</i> stands for a purchase <i>d</i> days before the
 * as-of date: how many purchase days lie in each window, and the gaps in days between consecutive
 * ones.
 */
public final class PurchaseCalendar {
  /** Mean and coefficient of variation of the gaps, mean and deviation of their logarithms. */
  static final List<String> GAPS = List.of(GAP_MEAN, GAP_CV, LOG_GAP_MEAN, LOG_GAP_SD);

  private static final String STATISTICS = "_calendar_statistics";
  private static final StructType SCHEMA = schema();

  private PurchaseCalendar() {}

  private static StructType schema() {
    StructType schema = new StructType();
    for (int window : CustomerStates.WINDOWS) {
      schema = schema.add(purchases(window), DataTypes.IntegerType, false);
    }
    for (String gap : GAPS) {
      schema = schema.add(gap, DataTypes.DoubleType);
    }
    return schema;
  }

  /** The column with the number of purchase days in a window of that many days. */
  static String purchases(int window) {
    return "purchases_" + window + "d";
  }

  /** The columns that {@link #counted} adds. */
  static String[] columns() {
    return SCHEMA.fieldNames();
  }

  /** Adds {@link #columns} to rows with the words of a calendar. */
  static Dataset<Row> counted(Dataset<Row> rows) {
    Column[] words =
        IntStream.range(0, Silver.CALENDAR_WORDS)
            .mapToObj(word -> col(Silver.calendarWord(word)))
            .toArray(Column[]::new);
    return rows.withColumn(
            STATISTICS, StaticCall.of(PurchaseCalendar.class, "statistics", SCHEMA, array(words)))
        .select("*", STATISTICS + ".*")
        .drop(STATISTICS);
  }

  /**
   * A row of {@link #columns}; Spark calls it by name. What {@link PurchaseGaps} does not know is
   * NULL.
   *
   * @param calendar the words of the bitmap, 64 days each, newest first
   */
  public static InternalRow statistics(ArrayData calendar) {
    PurchaseGaps gaps = new PurchaseGaps();
    int previous = -1;
    for (int word = 0; word < calendar.numElements(); word++) {
      for (long bits = calendar.getLong(word); bits != 0; bits &= bits - 1) {
        int age = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
        if (previous >= 0) {
          gaps.add(age - previous);
        }
        previous = age;
      }
    }
    List<@Nullable Object> row = new ArrayList<>();
    for (int window : CustomerStates.WINDOWS) {
      row.add(within(calendar, window));
    }
    row.add(orNull(gaps.mean()));
    row.add(orNull(gaps.variation()));
    row.add(orNull(gaps.logMean()));
    row.add(orNull(gaps.logDeviation()));
    return new GenericInternalRow(row.toArray());
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static int within(ArrayData calendar, int days) {
    int count = 0;
    int whole = days / Long.SIZE;
    for (int word = 0; word < whole; word++) {
      count += Long.bitCount(calendar.getLong(word));
    }
    int rest = days % Long.SIZE;
    return rest == 0 ? count : count + Long.bitCount(calendar.getLong(whole) & ((1L << rest) - 1));
  }
}
