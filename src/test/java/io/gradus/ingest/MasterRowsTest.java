package io.gradus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.config.ColumnMapping;
import io.gradus.config.CustomerSource;
import io.gradus.testing.SparkExtension;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MasterRowsTest {
  private static ColumnMapping column(String name) {
    return new ColumnMapping(name, false);
  }

  @Test
  void marginsAreNumbersAndTheRestIsText(SparkSession spark) {
    Dataset<Row> source =
        spark.sql(
            """
            select * from values ('1', ' Retail ', '0.25'), ('2', '', 'n/a'), ('3', null, null)
              as t(id, sector, margin)
            """);
    CustomerSource settings =
        new CustomerSource(
            "master",
            Map.of(
                "customer_id", column("id"),
                "industry", column("sector"),
                "margin_rate", column("margin")));
    assertThat(
            MasterRows.map(source, settings)
                .select("_master_id", "industry", "margin_rate")
                .orderBy("_master_id")
                .collectAsList())
        .isEqualTo(
            List.of(
                RowFactory.create("1", "Retail", 0.25),
                RowFactory.create("2", null, null),
                RowFactory.create("3", null, null)));
  }

  @Test
  void misspeltAttributesAreRefused() {
    assertThatThrownBy(
            () ->
                new CustomerSource(
                    "master", Map.of("customer_id", column("id"), "margin_rat", column("margin"))))
        .hasMessageContaining("did you mean 'margin_rate'?");
  }
}
