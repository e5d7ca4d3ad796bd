package io.gradus.ml.cluster;

import io.gradus.ml.rfm.*;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import org.apache.spark.sql.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SavedModelTest {
  @Test
  void make(SparkSession spark) throws Exception {
    Dataset<Row> customers = Shoppers.dataset(spark, 300, 17);
    CustomerClustersModel m = new CustomerClusters("customerClusters").setBootstraps(5).setGapReferences(3).setRange(3, 5).setSnapshotDate(java.time.LocalDate.of(2026, 10, 31)).fit(customers);
    m.write().overwrite().save("target/saved/clusters");
    Row first = m.transform(customers).orderBy(Columns.CUSTOMER_ID).first();
    RfmScorerModel r = new RfmScorer("rfmScorer").fit(customers);
    r.write().overwrite().save("target/saved/rfm");
    java.nio.file.Files.writeString(java.nio.file.Path.of("target/saved/values"), first.getAs(Columns.CLUSTER_KEY) + "\n" + first.getAs(Columns.CLUSTER_DISTANCE) + "\n" + r.cutPoints().get(3).threshold());
  }
}
