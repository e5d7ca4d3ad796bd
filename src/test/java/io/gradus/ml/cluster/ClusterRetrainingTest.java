package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gradus.math.StabilityIndex;
import io.gradus.ml.RecordRows;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ClusterRetrainingTest {

  private static CustomerClusters quick() {
    return new CustomerClusters().setBootstraps(5).setGapReferences(3).setRange(3, 6);
  }

  @Test
  void theSameCustomersKeepEverything(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 1_200, 1);
    for (String algorithm : List.of("kmeans", "bisecting", "gaussian_mixture")) {
      CustomerClusters clusters =
          quick().setAlgorithm(algorithm).setSnapshotDate(LocalDate.of(2026, 1, 31));
      CustomerClustersModel first = clusters.fit(customers);
      ClusterRetraining again = clusters.setSeed(99).retrain(first, customers);
      assertThat(again.events()).as(algorithm).noneMatch(ClusterEvent::alert);
      assertThat(keys(again.model(), customers)).isEqualTo(keys(first, customers));
      assertThat(again.model().clusters()).isEqualTo(first.clusters());
      assertThat(again.model().provenance().snapshotDate()).isEqualTo("2026-01-31");
    }
  }

  @Test
  void otherFeaturesContinueNoCluster(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 600, 1).cache();
    CustomerClustersModel first = quick().setK(4).fit(customers);
    CustomerClusters other =
        quick()
            .setK(3)
            .setFeatures(
                List.of(
                    new ClusterFeature(Columns.DAYS_SINCE_LAST, FeatureTransform.SIGNED_LOG1P),
                    new ClusterFeature(Columns.SPEND_365D, FeatureTransform.SIGNED_LOG1P)));

    ClusterRetraining next = other.retrain(first, customers);

    assertThat(next.model().clusters())
        .extracting(ClusterInfo::key)
        .containsExactly("C5", "C6", "C7");
    assertThat(next.model().retiredKeys()).containsExactlyInAnyOrder("C1", "C2", "C3", "C4");
    assertThat(next.events()).hasSize(7).allMatch(ClusterEvent::alert);
  }

  /** Lapsed customers, half of all, leave; the other kinds keep their keys and names. */
  @Test
  void aVanishedKindRetiresItsKey(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 1_200, 2).cache();
    CustomerClusters clusters = quick();
    CustomerClustersModel first = clusters.fit(customers);
    String lapsed = first.transform(customers).where("kind = 3").first().getAs(Columns.CLUSTER_KEY);
    Dataset<Row> left = customers.where("kind <> 3");
    ClusterRetraining next = clusters.retrain(first, left);
    assertThat(next.model().retiredKeys()).containsExactly(lapsed);
    assertThat(next.events())
        .anyMatch(e -> e.type() == ClusterEvent.Type.RETIRED && e.key().equals(lapsed));
    for (ClusterInfo cluster : next.model().clusters()) {
      assertThat(cluster.key()).isNotEqualTo(lapsed);
    }
    assertThat(keys(next.model(), left)).isEqualTo(keys(first, left));
    ClusterRetraining back = clusters.retrain(next.model(), customers);
    assertThat(back.model().clusters()).noneMatch(c -> c.key().equals(lapsed));
    assertThat(back.events()).anyMatch(e -> e.type() == ClusterEvent.Type.BORN && e.alert());
    Dataset<Row> rows = RecordRows.of(spark, back.events(), ClusterEvent.class);
    assertThat(rows.where("type = 'born'").count()).isPositive();
  }

  @Test
  void driftIsNoticedWhenKindsShift(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 2_000, 4).cache();
    CustomerClustersModel model = quick().setK(4).fit(customers);
    Dataset<Row> assigned = model.transform(customers);
    assertThat(model.drift(assigned).psi()).isCloseTo(0, within(1e-12));
    Dataset<Row> resampled = model.transform(Shoppers.dataset(spark, 2_000, 5));
    assertThat(model.drift(resampled).retrain()).isFalse();
    Dataset<Row> shifted = assigned.where("kind <> 3 or hash(customer_id) % 3 = 0");
    assertThat(model.drift(shifted).retrain()).isTrue();
  }

  /** Shares .5/.5 → .6/.4: 0.1·ln(1.2) + 0.1·ln(1.25); χ² quantiles as in printed tables. */
  @Test
  void stabilityIndexByHand() {
    List<ClusterInfo> halves =
        List.of(new ClusterInfo("C1", "a", "甲", 0.5), new ClusterInfo("C2", "b", "乙", 0.5));
    ClusterDrift drift = ClusterDrift.of(halves, 1_000, Map.of("C1", 600L, "C2", 400L));
    assertThat(drift.psi()).isCloseTo(0.1 * Math.log(1.2) + 0.1 * Math.log(1.25), within(1e-12));
    assertThat(StabilityIndex.chiSquare999(3)).isCloseTo(16.266, withinPercentage(2));
    assertThat(StabilityIndex.chiSquare999(9)).isCloseTo(27.877, withinPercentage(1));
  }

  private static List<Row> keys(CustomerClustersModel model, Dataset<Row> customers) {
    return model
        .transform(customers)
        .select(Columns.CUSTOMER_ID, Columns.CLUSTER_KEY)
        .orderBy(Columns.CUSTOMER_ID)
        .collectAsList();
  }
}
