package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.ml.rfm.RfmScorerModel;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Models saved by release 0.1 must still load and give what they gave then. */
@ExtendWith(SparkExtension.class)
class SavedModelTest {
  private static final Path SAVED = Path.of("src/test/resources/clusters/saved-0.1");

  @Test
  void clustersStillLoad(SparkSession spark) {
    CustomerClustersModel model =
        CustomerClustersModel.read().load(SAVED.resolve("clusters").toString());
    assertThat(model.clusters().stream().map(ClusterInfo::key))
        .containsExactly("C1", "C2", "C3", "C4");
    Dataset<Row> customers = Shoppers.dataset(spark, 300, 17);
    List<Row> rows =
        model.transform(customers).select(Columns.CLUSTER_KEY, "kind").distinct().collectAsList();
    assertThat(rows).hasSize(4);
    Row first = model.transform(customers).orderBy(Columns.CUSTOMER_ID).first();
    assertThat(first.<String>getAs(Columns.CLUSTER_KEY)).isEqualTo("C2");
    assertThat(first.<Double>getAs(Columns.CLUSTER_DISTANCE)).isEqualTo(0.8777500379841519);
  }

  @Test
  void cutPointsStillLoad() {
    RfmScorerModel model = RfmScorerModel.read().load(SAVED.resolve("rfm").toString());
    assertThat(model.cutPoints()).hasSize(12);
    assertThat(model.cutPoints().get(3).threshold()).isEqualTo(17.0);
  }
}
