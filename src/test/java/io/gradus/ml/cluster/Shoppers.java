package io.gradus.ml.cluster;

import io.gradus.table.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Feature rows of customers of four known kinds. */
public final class Shoppers {
  static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(Columns.DAYS_SINCE_LAST, DataTypes.IntegerType)
          .add(Columns.PURCHASES_365D, DataTypes.IntegerType)
          .add(Columns.SPEND_365D, DataTypes.createDecimalType(18, 2))
          .add(Columns.AVERAGE_DAY_AMOUNT, DataTypes.DoubleType)
          .add(Columns.AGE, DataTypes.IntegerType)
          .add("kind", DataTypes.IntegerType);

  /** Typical days since last purchase, purchases, basket and age of each kind. */
  private static final double[][] KINDS = {
    {8, 40, 60, 900}, {30, 8, 400, 700}, {20, 2, 30, 60}, {300, 1.5, 45, 800}
  };

  private Shoppers() {}

  /** Shoppers whose {@code kind} 0 to 3 makes up 10, 20, 30 and 40 % of them. */
  public static Dataset<Row> dataset(SparkSession spark, int size, long seed) {
    return spark.createDataFrame(rows(size, seed), SCHEMA);
  }

  static List<Row> rows(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int kind = i % 10 < 1 ? 0 : i % 10 < 3 ? 1 : i % 10 < 6 ? 2 : 3;
      double[] typical = KINDS[kind];
      int purchases = (int) Math.max(1, Math.round(around(typical[1], random)));
      double basket = around(typical[2], random);
      rows.add(
          RowFactory.create(
              String.format("c%06d", i),
              (int) Math.round(around(typical[0], random)),
              purchases,
              new BigDecimal(basket * purchases).setScale(2, RoundingMode.HALF_UP),
              basket,
              (int) Math.round(around(typical[3], random)),
              kind));
    }
    return rows;
  }

  private static double around(double typical, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += random.nextDouble() - 0.5;
    }
    return typical * Math.exp(0.35 * sum);
  }
}
