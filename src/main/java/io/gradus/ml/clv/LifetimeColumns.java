package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gradus.clv.AnnualRate;
import io.gradus.clv.CustomerValuation;
import io.gradus.clv.CustomerValue;
import io.gradus.clv.History;
import io.gradus.clv.SpendEstimate;
import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Lifetime value as one function of a customer's columns, and its columns' types. */
final class LifetimeColumns {
  /** What {@code clv_method} says of a customer who never bought. */
  static final String NO_PURCHASE = "no_purchase";

  private static final DataType MONEY = DataTypes.createDecimalType(18, 2);
  private static final double LARGEST_MONEY = 9e15;
  private static final CustomerValue NOTHING = new CustomerValue(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The function's numbers, in the order of its struct. */
  private static final List<String> DOUBLES =
      List.of(
          Columns.PROBABILITY_ALIVE, Columns.EXPECTED_PURCHASES, Columns.EXPECTED_AVERAGE_VALUE);

  private static final List<String> MONEYS =
      List.of(
          Columns.CLV_12M,
          Columns.CLV_36M,
          Columns.CLV_12M_UNDISCOUNTED,
          Columns.CLV_12M_P10,
          Columns.CLV_12M_P90,
          Columns.CLV_RESIDUAL);

  /** The variance of {@link Columns#CLV_12M}; stays inside the struct. */
  static final String VARIANCE = "variance_12m";

  private LifetimeColumns() {}

  /** The number of purchases with an observed value. */
  static Column spendNumber(LifetimeParams params) {
    String column =
        params.getSpendBasis().equals(LifetimeParams.SPEND_ALL)
            ? params.getOrDefault(params.purchaseDaysCol())
            : params.getOrDefault(params.frequencyCol());
    return coalesce(col(column).cast("int"), lit(0));
  }

  /** Their mean value. */
  static Column spendMean(LifetimeParams params) {
    if (params.getSpendBasis().equals(LifetimeParams.SPEND_REPEAT)) {
      return col(params.getOrDefault(params.monetaryValueCol())).cast("double");
    }
    Column total = col(params.getOrDefault(params.netTotalCol())).cast("double");
    Column number = spendNumber(params);
    return when(number.gt(0), total.divide(number.cast("double")));
  }

  /** The observed total spend, 0 when there is none. */
  static Column pastSpend(LifetimeParams params) {
    return coalesce(spendMean(params).multiply(spendNumber(params)), lit(0.0));
  }

  static Column margin(LifetimeParams params) {
    String column = params.getOrDefault(params.marginRateCol());
    Column rate = lit(params.getMarginRate());
    return column.isEmpty() ? rate : coalesce(col(column).cast("double"), rate);
  }

  /** The struct of all results for the columns of the params. */
  static Column value(LifetimeParams params, PurchaseState purchases, SpendState spend) {
    CustomerValuation valuation =
        new CustomerValuation(
            purchases.process(), spend.spend(), new AnnualRate(params.getAnnualDiscountRate()));
    Column[] history =
        PurchaseColumns.histories(
            params.getOrDefault(params.frequencyCol()),
            params.getOrDefault(params.recencyCol()),
            params.getOrDefault(params.ageCol()));
    return function(valuation, spend.cap(), method(purchases, spend))
        .apply(
            history[0],
            history[1],
            history[2],
            spendNumber(params),
            coalesce(spendMean(params), lit(0.0)),
            margin(params));
  }

  /** The purchase model's name, with the spend's where that is not Gamma–Gamma. */
  static String method(PurchaseState purchases, SpendState spend) {
    boolean usual = spend.method().equals(SpendEstimate.GAMMA_GAMMA);
    return usual ? purchases.model() : purchases.model() + "/" + spend.method();
  }

  private static UserDefinedFunction function(
      CustomerValuation valuation, double cap, String method) {
    UDF6<Integer, Integer, Integer, Integer, Double, Double, Row> function =
        (x, recency, age, number, mean, margin) -> {
          History history = PurchaseColumns.history(x, recency, age);
          return history == null
              ? row(NOTHING, NO_PURCHASE, false)
              : row(
                  valuation.value(history, number, Math.min(mean, cap), margin),
                  method,
                  number == 0);
        };
    return udf(function, structType()).asNondeterministic();
  }

  private static Row row(CustomerValue value, String method, boolean prior) {
    return RowFactory.create(
        value.probabilityAlive(),
        value.expectedPurchases(),
        value.expectedAverageValue(),
        money(value.clv12()),
        money(value.clv36()),
        money(value.clv12Undiscounted()),
        money(value.clv12Low()),
        money(value.clv12High()),
        money(value.residual()),
        value.variance12(),
        method,
        prior);
  }

  private static double money(double value) {
    return Math.min(value, LARGEST_MONEY);
  }

  private static StructType structType() {
    StructType type = new StructType();
    for (String name : DOUBLES) {
      type = type.add(name, DataTypes.DoubleType, false);
    }
    for (String name : MONEYS) {
      type = type.add(name, DataTypes.DoubleType, false);
    }
    return type.add(VARIANCE, DataTypes.DoubleType, false)
        .add(Columns.CLV_METHOD, DataTypes.StringType, false)
        .add(Columns.GAMMA_GAMMA_PRIOR_USED, DataTypes.BooleanType, false);
  }

  /** The output columns taken out of the struct. */
  static Column[] outputs(String struct) {
    return Arrays.stream(structType().fields())
        .filter(field -> !field.name().equals(VARIANCE))
        .map(
            field -> {
              Column column = col(struct).getField(field.name());
              return (MONEYS.contains(field.name()) ? column.cast(MONEY) : column).as(field.name());
            })
        .toArray(Column[]::new);
  }

  /** The schema with the output columns. */
  static StructType withOutputs(StructType schema) {
    StructType type = schema;
    for (StructField field : structType().fields()) {
      if (field.name().equals(VARIANCE)) {
        continue;
      }
      DataType dataType = MONEYS.contains(field.name()) ? MONEY : field.dataType();
      type = Schemas.with(type, field.name(), dataType);
    }
    return type;
  }
}
