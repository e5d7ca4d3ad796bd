package io.gradus.ml.rfm;

import io.gradus.ml.InputColumns;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What {@link RfmScorer} and {@link RfmScorerModel} need to score a customer. */
public interface RfmScorerParams extends Params {
  /** The columns added, in the order of {@link RfmMeasure}. */
  List<String> OUTPUTS = List.of(Columns.R_SCORE, Columns.F_SCORE, Columns.M_SCORE);

  /** The window of frequency and money. */
  IntParam windowDays();

  /** The optional scope column. */
  Param<String> scopeCol();

  /** The window of frequency and money in days. */
  default int getWindowDays() {
    return (Integer) getOrDefault(windowDays());
  }

  /** The column by whose values customers are ranked apart, or null for one ranking. */
  default @Nullable String getScopeCol() {
    return isDefined(scopeCol()) ? getOrDefault(scopeCol()) : null;
  }

  /** The input column of a measure. */
  default String inputCol(RfmMeasure measure) {
    return switch (measure) {
      case RECENCY -> Columns.DAYS_SINCE_LAST;
      case FREQUENCY -> "purchases_" + getWindowDays() + "d";
      case MONETARY -> "spend_" + getWindowDays() + "d";
    };
  }

  /** Makes the parameter; called once per object. */
  default IntParam makeWindowDays() {
    return new IntParam(
        this,
        "windowDays",
        "days back from the as-of date that frequency and money are counted in (30, 90, 180, 365, 730)",
        ParamValidators.inArray(new Object[] {30, 90, 180, 365, 730}));
  }

  /** Makes the parameter; called once per object. */
  default Param<String> makeScopeCol() {
    return new Param<>(
        this, "scopeCol", "column by whose values customers are ranked apart; none when unset");
  }

  /**
   * The output schema.
   *
   * @throws IllegalArgumentException when an input is missing or not numeric, or an output exists
   */
  default StructType validateAndTransformSchema(StructType schema) {
    List<String> inputs = new ArrayList<>();
    for (RfmMeasure measure : RfmMeasure.values()) {
      inputs.add(inputCol(measure));
    }
    InputColumns.requireNumeric(schema, inputs);
    String scope = getScopeCol();
    if (scope != null) {
      InputColumns.require(schema, scope);
    }
    InputColumns.requireAbsent(schema, OUTPUTS);
    StructType output = schema;
    for (String column : OUTPUTS) {
      output = output.add(column, DataTypes.IntegerType, false);
    }
    return output;
  }
}
