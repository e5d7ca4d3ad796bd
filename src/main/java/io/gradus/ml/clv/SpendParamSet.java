package io.gradus.ml.clv;

import io.gradus.table.Columns;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The params of {@link SpendParams}, made once the uid is known. */
public final class SpendParamSet {
  final Param<String> frequencyCol;
  final Param<String> monetaryValueCol;
  final Param<String> expectedAverageValueCol;

  SpendParamSet(Params parent) {
    frequencyCol = new Param<>(parent, "frequencyCol", "column of the number of purchases");
    monetaryValueCol = new Param<>(parent, "monetaryValueCol", "column of their mean value");
    expectedAverageValueCol =
        new Param<>(parent, "expectedAverageValueCol", "output column of expected spend");
  }

  void setDefaults(SpendParams parent) {
    parent.setDefault(frequencyCol, Columns.FREQUENCY);
    parent.setDefault(monetaryValueCol, Columns.MONETARY_VALUE);
    parent.setDefault(expectedAverageValueCol, Columns.EXPECTED_AVERAGE_VALUE);
  }
}
