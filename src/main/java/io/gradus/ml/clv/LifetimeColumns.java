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
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF7;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Lifetime value as one function of a customer's columns, and its columns' types. */
final class LifetimeColumns {
  /** What {@code clv_method} says of a customer who never bought. */
  static final String NO_PURCHASE = "no_purchase";

  private static final int PRECISION = 18;
  private static final int SCALE = 2;
  private static final double CENTS = 100;
  private static final DataType MONEY = DataTypes.createDecimalType(PRECISION, SCALE);
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
    Column own = column.isEmpty() ? rate : col(column).cast("double");
    return when(own.between(0, 1), own).otherwise(rate);
  }

  /** The customer's scope; NULL when scopes are not used. */
  static Column scope(LifetimeParams params) {
    String column = params.getScopeCol();
    return (column.isEmpty() ? lit(null) : col(column)).cast("string");
  }

  /** The struct of all results for the columns of the params. */
  static Column value(LifetimeParams params, LifetimeState state) {
    AnnualRate rate = new AnnualRate(params.getAnnualDiscountRate());
    Column[] history = histories(params);
    return function(state.scoped(models -> Valuer.of(models, rate)))
        .apply(
            history[0],
            history[1],
            history[2],
            spendNumber(params),
            coalesce(spendMean(params), lit(0.0)),
            margin(params),
            scope(params));
  }

  static Column[] histories(LifetimeParams params) {
    return PurchaseColumns.histories(
        params.getOrDefault(params.frequencyCol()),
        params.getOrDefault(params.recencyCol()),
        params.getOrDefault(params.ageCol()));
  }

  /** The purchase model's name, with the spend's where that is not Gamma–Gamma. */
  static String method(ScopedState models) {
    String purchases = models.purchases().model();
    String spend = models.spend().method();
    return spend.equals(SpendEstimate.GAMMA_GAMMA) ? purchases : purchases + "/" + spend;
  }

  /** One scope's models, ready to value customers. */
  private record Valuer(CustomerValuation valuation, double cap, String method)
      implements Serializable {
    static Valuer of(ScopedState models, AnnualRate rate) {
      CustomerValuation valuation =
          new CustomerValuation(models.purchases().process(), models.spend().spend(), rate);
      return new Valuer(valuation, models.spend().cap(), LifetimeColumns.method(models));
    }

    Row row(History history, int number, double mean, double margin) {
      CustomerValue value = valuation.value(history, number, Math.min(mean, cap), margin);
      return LifetimeColumns.row(value, method, number == 0);
    }
  }

  private static UserDefinedFunction function(Scoped<Valuer> valuers) {
    UDF7<Integer, Integer, Integer, Integer, Double, Double, String, Row> function =
        (x, recency, age, number, mean, margin, scope) -> {
          History history = PurchaseColumns.history(x, recency, age);
          return history == null
              ? row(NOTHING, NO_PURCHASE, false)
              : valuers.of(scope).row(history, number, mean, margin);
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

  /** Whole cents: {@link #outputs} makes money of them, far cheaper than a BigDecimal per value. */
  private static long money(double value) {
    return Math.round(Math.min(value, LARGEST_MONEY) * CENTS);
  }

  private static StructType structType() {
    StructType type = new StructType();
    for (String name : DOUBLES) {
      type = type.add(name, DataTypes.DoubleType, false);
    }
    for (String name : MONEYS) {
      type = type.add(name, DataTypes.LongType, false);
    }
    return type.add(VARIANCE, DataTypes.DoubleType, false)
        .add(Columns.CLV_METHOD, DataTypes.StringType, false)
        .add(Columns.GAMMA_GAMMA_PRIOR_USED, DataTypes.BooleanType, false);
  }

  /** The output columns taken out of the struct. */
  static Column[] outputs(String struct) {
    return Arrays.stream(structType().fields())
        .filter(field -> !field.name().equals(VARIANCE))
        .map(field -> output(col(struct).getField(field.name()), field.name()).as(field.name()))
        .toArray(Column[]::new);
  }

  private static Column output(Column field, String name) {
    return MONEYS.contains(name)
        ? ExpressionUtils.column(
            new MakeDecimal(ExpressionUtils.expression(field), PRECISION, SCALE, true))
        : field;
  }

  /** The discounted 12 months of the struct in money. */
  static Column clv12(String struct) {
    return col(struct).getField(Columns.CLV_12M).cast("double").divide(CENTS);
  }

  /** The schema with the output columns. */
  static StructType withOutputs(StructType schema) {
    StructType type = schema;
    for (StructField field : structType().fields()) {
      if (!field.name().equals(VARIANCE)) {
        boolean money = MONEYS.contains(field.name());
        type = Schemas.with(type, field.name(), money ? MONEY : field.dataType());
      }
    }
    return type;
  }
}
