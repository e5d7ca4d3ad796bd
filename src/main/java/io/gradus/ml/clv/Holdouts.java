package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.clv.HoldoutPlan;
import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Purchase days to customers as known at past cut-offs, with what they did in the horizon after:
 * one pass over the days of a sample of customers for all cut-offs.
 */
public final class Holdouts {
  /** Customers judged at each cut-off, about; chosen by a hash of their id. */
  public static final int SAMPLE = 20_000;

  /** Column: the last day known. */
  public static final String CUT_OFF = "cut_off";

  /** Column: days after the cut-off. */
  public static final String HORIZON_DAYS = "horizon_days";

  /** Column: purchase days in the horizon. */
  public static final String ACTUAL_PURCHASES = "actual_purchases";

  /** Column: net spend in the horizon. */
  public static final String ACTUAL_SPEND = "actual_spend";

  private static final String DAYS = "days";

  static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(CUT_OFF, DataTypes.DateType)
          .add(HORIZON_DAYS, DataTypes.IntegerType)
          .add(Columns.FREQUENCY, DataTypes.IntegerType)
          .add(Columns.RECENCY, DataTypes.IntegerType)
          .add(Columns.AGE, DataTypes.IntegerType)
          .add(Columns.PURCHASE_DAYS, DataTypes.IntegerType)
          .add(Columns.NET_TOTAL, DataTypes.DoubleType)
          .add(Columns.MONETARY_VALUE, DataTypes.DoubleType)
          .add(Columns.LOG_GAP_MEAN, DataTypes.DoubleType)
          .add(Columns.LOG_GAP_SD, DataTypes.DoubleType)
          .add(ACTUAL_PURCHASES, DataTypes.IntegerType)
          .add(ACTUAL_SPEND, DataTypes.DoubleType);

  private Holdouts() {}

  /**
   * One row per sampled customer and cut-off by which they had bought, with the columns that {@link
   * ModelChoice} reads.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param customers about how many customers they have
   */
  public static Dataset<Row> of(Dataset<Row> purchaseDays, HoldoutPlan plan, long customers) {
    int[] cutOffs = plan.cutOffs().stream().mapToInt(day -> (int) day.toEpochDay()).toArray();
    int horizon = plan.horizonDays();
    LocalDate end = plan.cutOffs().get(0).plusDays(horizon);
    Column day = unix_date(col(Columns.DAY)).as("day");
    Column cents = Money.toCents(col(Columns.NET_AMOUNT)).as("cents");
    return purchaseDays
        .where(sampled(customers).and(col(Columns.DAY).leq(lit(end))))
        .groupBy(Columns.CUSTOMER_ID)
        .agg(sort_array(collect_list(struct(day, cents))).as(DAYS))
        .flatMap(
            (FlatMapFunction<Row, Row>) row -> rows(row, cutOffs, horizon), Encoders.row(SCHEMA));
  }

  private static Column sampled(long customers) {
    long buckets = Math.max(1, (customers + SAMPLE - 1) / SAMPLE);
    return pmod(xxhash64(col(Columns.CUSTOMER_ID)), lit(buckets)).equalTo(0);
  }

  private static Iterator<Row> rows(Row customer, int[] cutOffs, int horizon) {
    List<Row> days = customer.getList(1);
    List<Row> rows = new ArrayList<>();
    for (int cutOff : cutOffs) {
      Row row = new Split(cutOff, horizon).read(days).row(customer.getString(0));
      if (row != null) {
        rows.add(row);
      }
    }
    return rows.iterator();
  }

  /** One customer before and after one cut-off. */
  private static final class Split {
    private static final double CENTS = 100;

    private final int cutOff;
    private final int horizon;
    private int purchases;
    private int first;
    private int last;
    private long net;
    private long repeatNet;
    private double logGaps;
    private double squaredLogGaps;
    private int later;
    private long laterNet;

    Split(int cutOff, int horizon) {
      this.cutOff = cutOff;
      this.horizon = horizon;
    }

    /** Reads the days in their order. */
    Split read(List<Row> days) {
      for (Row row : days) {
        int day = row.getInt(0);
        long cents = row.getLong(1);
        if (day <= cutOff) {
          before(day, cents);
        } else if (day <= cutOff + horizon) {
          later += cents > 0 ? 1 : 0;
          laterNet += cents;
        }
      }
      return this;
    }

    private void before(int day, long cents) {
      net += cents;
      if (cents <= 0) {
        return;
      }
      if (purchases == 0) {
        first = day;
      } else {
        double log = Math.log(day - last);
        logGaps += log;
        squaredLogGaps += log * log;
        repeatNet += cents;
      }
      purchases++;
      last = day;
    }

    @Nullable Row row(String customer) {
      if (purchases == 0) {
        return null;
      }
      int x = purchases - 1;
      return RowFactory.create(
          customer,
          Date.valueOf(LocalDate.ofEpochDay(cutOff)),
          horizon,
          x,
          last - first,
          cutOff - first,
          purchases,
          net / CENTS,
          x > 0 ? repeatNet / CENTS / x : null,
          x > 0 ? logGaps / x : null,
          x > 1 ? Math.sqrt(Math.max(0, squaredLogGaps - logGaps * logGaps / x) / (x - 1)) : null,
          later,
          laterNet / CENTS);
    }
  }
}
