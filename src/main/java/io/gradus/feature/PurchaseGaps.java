package io.gradus.feature;

import static io.gradus.table.Columns.GAP_CV;
import static io.gradus.table.Columns.GAP_MEAN;
import static io.gradus.table.Columns.LOG_GAP_MEAN;
import static io.gradus.table.Columns.LOG_GAP_SD;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The gaps in days between consecutive purchase days of a calendar bitmap, in which bit <i>d</i>
 * stands for a purchase <i>d</i> days before the as-of date.
 */
final class PurchaseGaps {
  private static final StructType SCHEMA =
      new StructType()
          .add(GAP_MEAN, DataTypes.DoubleType)
          .add(GAP_CV, DataTypes.DoubleType)
          .add(LOG_GAP_MEAN, DataTypes.DoubleType)
          .add(LOG_GAP_SD, DataTypes.DoubleType);

  private static final UserDefinedFunction FUNCTION =
      functions.udf((UDF1<Row, Row>) PurchaseGaps::statistics, SCHEMA);

  private PurchaseGaps() {}

  /**
   * Mean and coefficient of variation of the gaps, mean and standard deviation of their logarithms.
   */
  static Column of(Column calendar) {
    return FUNCTION.apply(calendar);
  }

  /** Sample deviations (n − 1); means need one gap, deviations two. */
  static Row statistics(Row calendar) {
    Moments gaps = new Moments();
    Moments logs = new Moments();
    int previous = -1;
    for (int word = 0; word < calendar.size(); word++) {
      for (long bits = calendar.getLong(word); bits != 0; bits &= bits - 1) {
        int age = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
        if (previous >= 0) {
          gaps.add(age - previous);
          logs.add(Math.log(age - previous));
        }
        previous = age;
      }
    }
    Double sd = gaps.deviation();
    return RowFactory.create(
        gaps.mean(), sd == null ? null : sd / gaps.mean, logs.mean(), logs.deviation());
  }

  /** Running mean and variance (Welford 1962). */
  private static final class Moments {
    private int n;
    private double mean;
    private double squares;

    void add(double value) {
      n++;
      double delta = value - mean;
      mean += delta / n;
      squares += delta * (value - mean);
    }

    @Nullable Double mean() {
      return n == 0 ? null : mean;
    }

    @Nullable Double deviation() {
      return n < 2 ? null : Math.sqrt(squares / (n - 1));
    }
  }
}
