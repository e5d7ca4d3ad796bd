package io.gradus.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.feature.CustomerFeatures;
import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ProspectsTest {

  @Test
  void whoNeverBoughtIsAProspectAndChangesNobody(SparkSession spark) {
    Dataset<Row> features =
        CustomerFeatures.at(
                SmallCompany.purchaseDays(spark, 60, 900, 3), SmallCompany.START.plusDays(899))
            .selectExpr("*", "cast(null as string) region", "3 r_score")
            .cache();
    Dataset<Row> master =
        spark.sql(
            "SELECT * FROM VALUES ('new', 'north'), ('c00001', 'south') AS t(customer_id, region)");

    Dataset<Row> all = CustomerInsight.of(features.union(Prospects.of(features, master)).cache());

    Row row = all.where("customer_id = 'new'").head();
    assertThat(row.<String>getAs("lifecycle")).isEqualTo(Lifecycle.PROSPECT);
    assertThat(row.<String>getAs("region")).isEqualTo("north");
    assertThat(row.<Integer>getAs("purchases_365d")).isZero();
    assertThat(row.<java.math.BigDecimal>getAs("spend_365d")).isEqualByComparingTo("0");
    for (String unknown :
        List.of("frequency", "T", "r_score", "growth", "loyalty", "return_rate")) {
      assertThat(row.<Object>getAs(unknown)).as(unknown).isNull();
    }
    assertThat(all.where(Lifecycle.isCustomer()).count()).isEqualTo(features.count());
    String[] columns = {"customer_id", "growth", "wallet", "loyalty", "risk", "lifecycle"};
    List<Row> before =
        CustomerInsight.of(features).orderBy("customer_id").selectExpr(columns).collectAsList();
    List<Row> after =
        all.where("customer_id <> 'new'")
            .orderBy("customer_id")
            .selectExpr(columns)
            .collectAsList();
    assertThat(after).isEqualTo(before);
  }
}
