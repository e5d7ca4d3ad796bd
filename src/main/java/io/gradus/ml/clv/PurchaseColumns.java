package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.gradus.clv.History;
import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseProcess;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Purchase models as functions of the columns (frequency, recency, T). */
final class PurchaseColumns {
  static final String ALIVE = "alive";
  static final String EXPECTED = "expected";

  private PurchaseColumns() {}

  static Column[] histories(String frequency, String recency, String age) {
    return new Column[] {
      col(frequency).cast("int"), col(recency).cast("int"), col(age).cast("int")
    };
  }

  /** P(alive) and expected purchases within the horizon, as a struct; NULL for a NULL input. */
  static UserDefinedFunction forecast(Scoped<PurchaseProcess> processes, Horizon horizon) {
    UDF4<Integer, Integer, Integer, String, Row> function =
        (x, recency, age, scope) -> {
          History history = history(x, recency, age);
          if (history == null) {
            return RowFactory.create(null, null);
          }
          PurchaseProcess process = processes.of(scope);
          return RowFactory.create(
              process.probabilityAlive(history), process.expectedPurchases(history, horizon));
        };
    StructType type =
        new StructType()
            .add(ALIVE, DataTypes.DoubleType, true)
            .add(EXPECTED, DataTypes.DoubleType, true);
    return udf(function, type).asNondeterministic();
  }

  /** P(no purchase within the horizon); NULL for a NULL input. */
  static UserDefinedFunction noPurchase(Scoped<PurchaseProcess> processes, Horizon horizon) {
    UDF4<Integer, Integer, Integer, String, Double> function =
        (x, recency, age, scope) -> {
          History history = history(x, recency, age);
          return history == null
              ? null
              : processes.of(scope).probabilityOfNoPurchase(history, horizon);
        };
    return udf(function, DataTypes.DoubleType);
  }

  static @Nullable History history(
      @Nullable Integer x, @Nullable Integer recency, @Nullable Integer age) {
    return x == null || recency == null || age == null ? null : new History(x, recency, age);
  }
}
