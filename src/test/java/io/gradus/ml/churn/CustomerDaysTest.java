package io.gradus.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.feature.ChurnLabels;
import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.LabelWindow;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The states and outcomes in memory are those of the features and labels of every customer. */
@ExtendWith(SparkExtension.class)
class CustomerDaysTest {
  @Test
  void agreesWithFeaturesAndLabels(SparkSession spark) throws ReflectiveOperationException {
    LocalDate origin = Ledger.START.plusDays(950);
    Dataset<Row> days =
        Ledger.simulated(120, 1200)
            .refund("c3", origin.minusDays(40), 55.55)
            .refund("c4", origin.plusDays(3), 12.34)
            .refund("returner", origin.minusDays(5), 10)
            .purchase("late", origin.plusDays(20), 7)
            .frame(spark)
            .cache();
    Snapshots snapshots = Snapshots.read(days, Ledger.START.plusDays(1199));

    Map<String, Row> expected = new HashMap<>();
    CustomerFeatures.at(days, origin)
        .where(functions.col(Columns.PURCHASE_DAYS).gt(0))
        .select(functions.col(Columns.CUSTOMER_ID), CustomerState.columns())
        .collectAsList()
        .forEach(row -> expected.put(row.getString(0), row.getStruct(1)));
    List<String> ids = snapshots.ids(origin);
    assertThat(ids).containsExactlyInAnyOrderElementsOf(expected.keySet()).isSorted();
    for (int i = 0; i < ids.size(); i++) {
      CustomerState ours = snapshots.population(origin).get(i);
      CustomerState theirs = CustomerState.of(expected.get(ids.get(i)));
      for (RecordComponent field : CustomerState.class.getRecordComponents()) {
        double a = ((Number) field.getAccessor().invoke(ours)).doubleValue();
        double b = ((Number) field.getAccessor().invoke(theirs)).doubleValue();
        if (Double.isNaN(b)) {
          assertThat(a).as(field.getName()).isNaN();
        } else {
          assertThat(a).as(field.getName()).isCloseTo(b, within(1e-9 * (1 + Math.abs(b))));
        }
      }
    }

    LabelWindow window = new LabelWindow(origin, 60);
    Map<String, Row> labels = new HashMap<>();
    ChurnLabels.of(days, List.of(window))
        .collectAsList()
        .forEach(row -> labels.put(row.getString(0), row));
    Snapshot labelled = snapshots.labelled(window);
    for (int i = 0; i < ids.size(); i++) {
      Row row = labels.get(ids.get(i));
      assertThat(labelled.churned()[i]).isEqualTo(row == null || row.getInt(1) == 0);
      double value = row == null ? 0 : ((BigDecimal) row.get(2)).doubleValue();
      assertThat(labelled.value()[i]).isCloseTo(value, within(1e-9));
    }
  }
}
