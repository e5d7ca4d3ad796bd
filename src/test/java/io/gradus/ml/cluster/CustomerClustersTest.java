package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class CustomerClustersTest {

  private static CustomerClusters quick() {
    return new CustomerClusters().setBootstraps(5).setGapReferences(3).setStarts(5);
  }

  @Test
  void findsTheKindsItWasMadeOf(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 2_000, 1);
    CustomerClustersModel model = quick().fit(customers);
    assertThat(model.clusters()).hasSize(4);
    assertThat(model.clusters().stream().map(ClusterInfo::key))
        .containsExactly("C1", "C2", "C3", "C4");
    assertThat(model.clusters().stream().map(ClusterInfo::name).distinct()).hasSize(4);
    assertThat(model.search()).hasSize(8).filteredOn(ClusterSearchRow::chosen).hasSize(1);
    List<Row> rows = model.transform(customers).collectAsList();
    int[] kinds = rows.stream().mapToInt(r -> r.<Integer>getAs("kind")).toArray();
    int[] found = rows.stream().mapToInt(CustomerClustersTest::number).toArray();
    assertThat(Agreement.of(kinds, 4, found, 4).adjustedRand()).isGreaterThan(0.97);
    for (Row row : rows) {
      assertThat(row.<Double>getAs(Columns.CLUSTER_MARGIN)).isBetween(0.0, 1.0);
      assertThat(row.<Double>getAs(Columns.CLUSTER_DISTANCE)).isGreaterThanOrEqualTo(0);
      assertThat(row.<String>getAs(Columns.CLUSTER_SECOND_KEY))
          .isNotEqualTo(row.<String>getAs(Columns.CLUSTER_KEY));
    }
  }

  @Test
  void partitioningAndOrderChangeNothing(SparkSession spark) {
    List<Row> rows = new ArrayList<>(Shoppers.rows(1_500, 2));
    Dataset<Row> customers = spark.createDataFrame(rows, Shoppers.SCHEMA);
    CustomerClusters clusters = quick().setRange(3, 5).setSampleSize(600);
    LearnedClusters once = clusters.fit(customers.coalesce(1)).learned();
    Collections.reverse(rows);
    Dataset<Row> reversed = spark.createDataFrame(rows, Shoppers.SCHEMA);
    LearnedClusters again = clusters.fit(reversed.repartition(7)).learned();
    assertThat(again.provenance()).isEqualTo(once.provenance());
    assertThat(again.search()).isEqualTo(once.search());
    assertThat(again.components().centres()).isDeepEqualTo(once.components().centres());
    assertThat(once.provenance().sampled()).isEqualTo(600);
    assertThat(once.provenance().customers()).isEqualTo(1_500);
  }

  @Test
  void theMllibModelAgrees(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 800, 3);
    for (String algorithm : List.of("kmeans", "bisecting", "gaussian_mixture")) {
      CustomerClustersModel model = quick().setAlgorithm(algorithm).setK(4).fit(customers);
      Dataset<Row> ours = model.transform(customers);
      Dataset<Row> theirs = model.toMllib().transform(model.scaled(ours, "features"));
      for (Row row : theirs.collectAsList()) {
        assertThat(row.<Integer>getAs("prediction")).as(algorithm).isEqualTo(number(row));
      }
    }
  }

  @Test
  void profilesAddUp(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 1_000, 4);
    CustomerClustersModel model = quick().setK(4).fit(customers);
    List<Row> profile = model.profile(model.transform(customers)).collectAsList();
    assertThat(profile).hasSize(4 * 5);
    List<Row> perCluster =
        profile.stream().filter(r -> r.getAs("feature").equals(Columns.SPEND_365D)).toList();
    assertThat(perCluster.stream().mapToLong(r -> r.getAs("customers")).sum()).isEqualTo(1_000);
    assertThat(perCluster.stream().mapToDouble(r -> r.getAs("revenue_share")).sum())
        .isCloseTo(1, within(1e-9));
    BigDecimal revenue =
        perCluster.stream()
            .<BigDecimal>map(r -> r.getAs("revenue"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Row total = customers.selectExpr("sum(spend_365d)").first();
    assertThat(revenue).isEqualByComparingTo(total.getDecimal(0));
    double weighted =
        perCluster.stream()
            .mapToDouble(r -> r.<Double>getAs("z_score") * r.<Double>getAs("customer_share"))
            .sum();
    assertThat(weighted).isCloseTo(0, within(1e-5));
    assertThat(perCluster.get(0).<Double>getAs("z_score")).isGreaterThan(1);
  }

  @Test
  void degenerateDataReducesK(SparkSession spark) {
    List<Row> rows = Shoppers.rows(20, 5);
    assertThat(clustersOf(spark, List.of())).isEmpty();
    assertThat(clustersOf(spark, rows.subList(0, 1))).hasSize(1);
    assertThat(clustersOf(spark, rows.subList(0, 2))).hasSize(2);
    assertThat(clustersOf(spark, Collections.nCopies(9, rows.get(0)))).hasSize(1);
    CustomerClustersModel model =
        quick().fit(spark.createDataFrame(Collections.nCopies(9, rows.get(0)), Shoppers.SCHEMA));
    assertThat(model.reason()).contains("only 1 distinct customers").contains("to 1");
    for (String algorithm : List.of("bisecting", "gaussian_mixture")) {
      Dataset<Row> two = spark.createDataFrame(rows.subList(0, 2), Shoppers.SCHEMA);
      assertThat(quick().setAlgorithm(algorithm).fit(two).clusters()).hasSize(2);
    }
  }

  private static List<ClusterInfo> clustersOf(SparkSession spark, List<Row> rows) {
    Dataset<Row> customers = spark.createDataFrame(rows, Shoppers.SCHEMA);
    CustomerClustersModel model = quick().fit(customers);
    long assigned = model.transform(customers).where(Columns.CLUSTER_KEY + " is not null").count();
    assertThat(assigned).isEqualTo(rows.size());
    return model.clusters();
  }

  @Test
  void unknownFeaturesAreNeutralAndRequiredOnesExclude(SparkSession spark) {
    List<Row> rows = new ArrayList<>(Shoppers.rows(400, 6));
    rows.add(RowFactory.create("nothing", null, 0, new BigDecimal("-5.00"), null, null, 9));
    rows.add(RowFactory.create("partly", 10, 5, new BigDecimal("100.00"), null, null, 9));
    Dataset<Row> customers = spark.createDataFrame(rows, Shoppers.SCHEMA);
    CustomerClustersModel model = quick().setK(3).fit(customers);
    assertThat(model.provenance().customers()).isEqualTo(401);
    Dataset<Row> odd = model.transform(customers).where("kind = 9");
    assertThat(odd.where("customer_id = 'nothing' and cluster_key is null").count()).isEqualTo(1);
    assertThat(odd.where("customer_id = 'partly' and cluster_key is not null").count())
        .isEqualTo(1);
  }

  @Test
  void savesAndLoadsAloneAndInAPipeline(SparkSession spark, @TempDir Path folder) throws Exception {
    Dataset<Row> customers = Shoppers.dataset(spark, 500, 7);
    for (String algorithm : List.of("kmeans", "gaussian_mixture")) {
      CustomerClusters estimator = quick().setAlgorithm(algorithm).setK(4).setWinsorTail(0.02);
      CustomerClustersModel model = estimator.fit(customers);
      List<Row> expected = model.transform(customers).collectAsList();
      String path = folder.resolve(algorithm).toString();
      model.write().save(path);
      CustomerClustersModel loaded = CustomerClustersModel.read().load(path);
      assertThat(loaded.transform(customers).collectAsList()).isEqualTo(expected);
      assertThat(loaded.provenance()).isEqualTo(model.provenance());
      assertThat(loaded.search()).isEqualTo(model.search());
      Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator});
      pipeline.write().save(path + "-estimator");
      pipeline.fit(customers).write().save(path + "-pipeline");
      assertThat(
              Pipeline.load(path + "-estimator")
                  .fit(customers)
                  .transform(customers)
                  .collectAsList())
          .isEqualTo(expected);
      assertThat(PipelineModel.load(path + "-pipeline").transform(customers).collectAsList())
          .isEqualTo(expected);
    }
  }

  @Test
  void refusesWhatItCannotUse(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 50, 8);
    assertThatThrownBy(() -> quick().fit(customers.drop(Columns.AGE)))
        .hasMessageContaining("Input column T does not exist");
    assertThatThrownBy(() -> quick().setRange(5, 3).fit(customers))
        .hasMessageContaining("range of k must not be empty, found 5 to 3");
    assertThatThrownBy(() -> quick().setK(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClusterFeature("x", FeatureTransform.LOG1P, 0, false))
        .hasMessageContaining("weight must be positive");
    CustomerClustersModel model = quick().setK(3).fit(customers);
    assertThatThrownBy(() -> model.transform(model.transform(customers)))
        .hasMessageContaining("Output column cluster_key already exists");
  }

  private static int number(Row row) {
    return Integer.parseInt(row.<String>getAs(Columns.CLUSTER_KEY).substring(1)) - 1;
  }
}
