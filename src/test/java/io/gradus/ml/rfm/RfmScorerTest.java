package io.gradus.ml.rfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RfmScorerTest {
  private static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add("region", DataTypes.StringType)
          .add(Columns.DAYS_SINCE_LAST, DataTypes.IntegerType)
          .add(Columns.PURCHASES_365D, DataTypes.IntegerType)
          .add(Columns.SPEND_365D, DataTypes.createDecimalType(18, 2));

  private static Row customer(
      int id, String region, Integer days, Integer purchases, String spend) {
    return RowFactory.create("c" + id, region, days, purchases, new BigDecimal(spend));
  }

  /** Heavy ties in frequency, a long money tail with refunds, some without a purchase. */
  private static List<Row> population(int size) {
    SplittableRandom random = new SplittableRandom(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String region = "r" + random.nextInt(3);
      if (random.nextInt(5) == 0) {
        rows.add(customer(i, region, 366 + random.nextInt(300), 0, "0.00"));
      } else {
        int purchases = 1 + (int) (-3 * Math.log(random.nextDouble()));
        double spend = Math.exp(3 + 2.5 * random.nextDouble()) * purchases - 20;
        rows.add(customer(i, region, random.nextInt(365), purchases, String.format("%.2f", spend)));
      }
    }
    rows.add(customer(size, "r0", null, 0, "-12.50"));
    return rows;
  }

  @Test
  void scoresAreTheMidRankQuintiles(SparkSession spark) {
    List<Row> rows = population(3_000);
    List<Row> scored = fitTransform(spark, rows, new RfmScorer(), 3);
    for (Row row : scored) {
      assertThat(row.<Integer>getAs(Columns.R_SCORE))
          .isEqualTo(row.isNullAt(2) ? 1 : naive(rows, row, r -> -r.getInt(2)));
      int purchases = row.getInt(3);
      assertThat(row.<Integer>getAs(Columns.F_SCORE))
          .isEqualTo(purchases == 0 ? 1 : naive(rows, row, r -> r.getInt(3)));
      assertThat(row.<Integer>getAs(Columns.M_SCORE))
          .isEqualTo(purchases == 0 ? 1 : naive(rows, row, r -> r.getDecimal(4).doubleValue()));
    }
  }

  @Test
  void scopesAreRankedApart(SparkSession spark) {
    List<Row> rows = population(2_000);
    List<Row> scored = fitTransform(spark, rows, new RfmScorer().setScopeCol("region"), 3);
    for (Row row : scored) {
      if (row.getInt(3) > 0) {
        Predicate<Row> sameRegion = r -> r.getString(1).equals(row.getString(1));
        List<Row> peers = rows.stream().filter(sameRegion).toList();
        assertThat(row.<Integer>getAs(Columns.M_SCORE))
            .isEqualTo(naive(peers, row, r -> r.getDecimal(4).doubleValue()));
      }
    }
  }

  @Test
  void anUnknownOrSmallScopeUsesAllCustomers(SparkSession spark) {
    List<Row> rows = population(2_000);
    Dataset<Row> data = spark.createDataFrame(rows, SCHEMA);
    RfmScorerModel scoped = new RfmScorer().setScopeCol("region").setMinScopeSize(5_000).fit(data);
    assertThat(scoped.cutPoints()).allMatch(p -> p.scope().equals(RfmCutPoint.OVERALL));
    Row stranger = customer(1, "elsewhere", 10, 4, "250.00");
    RfmScorerModel own = new RfmScorer().setScopeCol("region").fit(data);
    RfmScorerModel overall = new RfmScorer().fit(data);
    Dataset<Row> one = spark.createDataFrame(List.of(stranger), SCHEMA);
    assertThat(own.transform(one).collectAsList())
        .isEqualTo(overall.transform(one).collectAsList());
  }

  @Test
  void partitioningChangesNothing(SparkSession spark) {
    List<Row> rows = population(2_000);
    List<RfmCutPoint> once = model(spark, rows, 1).cutPoints();
    assertThat(model(spark, rows, 7).cutPoints()).isEqualTo(once);
    List<Row> reversed = new ArrayList<>(rows);
    java.util.Collections.reverse(reversed);
    assertThat(model(spark, reversed, 4).cutPoints()).isEqualTo(once);
  }

  @Test
  void moneyInANarrowRangeIsStillExact(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      BigDecimal spend = new BigDecimal("900000000.00").add(new BigDecimal(i * 137L % 1000 * 90));
      rows.add(customer(i, "r0", 1, 1, spend.toPlainString()));
    }
    double[] cuts =
        model(spark, rows, 3).cutPoints().stream()
            .filter(p -> p.measure() == RfmMeasure.MONETARY)
            .mapToDouble(p -> p.threshold())
            .toArray();
    assertThat(cuts)
        .containsExactly(900_018_000.00, 900_036_000.00, 900_054_000.00, 900_072_000.00);
  }

  /** 1, 2, … n cents: score s begins at the first v with v − ½ &gt; (s − 1)·n/5. */
  @Test
  void moreValuesThanFitTheDriverAreStillExact(SparkSession spark) {
    int n = 250_000;
    Dataset<Row> data =
        spark
            .range(1, n + 1L, 1, 1)
            .selectExpr(
                "cast(id as string) AS customer_id",
                "1 AS days_since_last",
                "1 AS purchases_365d",
                "cast(id AS decimal(18,2)) / 100 AS spend_365d");
    List<Double> cuts =
        new RfmScorer()
            .fit(data).cutPoints().stream()
                .filter(p -> p.measure() == RfmMeasure.MONETARY)
                .map(RfmCutPoint::threshold)
                .toList();
    assertThat(cuts).containsExactly(500.01, 1000.01, 1500.01, 2000.01);
  }

  @Test
  void tooManyScopesAreRefused(SparkSession spark) {
    Dataset<Row> data =
        spark
            .range(0, 2_000, 1, 3)
            .selectExpr(
                "concat('r', id % 101) AS region",
                "1 AS days_since_last",
                "1 AS purchases_365d",
                "cast(id AS decimal(18,2)) AS spend_365d");
    assertThatThrownBy(() -> new RfmScorer().setScopeCol("region").fit(data))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("more than 100 values");
    assertThat(
            new RfmScorer()
                .setScopeCol("region")
                .setMinScopeSize(1)
                .fit(data.where("region <> 'r100'"))
                .cutPoints())
        .hasSize(12 * 101);
  }

  @Test
  void equalCustomersAllScoreThree(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(customer(i, "r0", 30, 2, "99.90"));
    }
    assertThat(fitTransform(spark, rows, new RfmScorer(), 2))
        .allMatch(
            r ->
                r.<Integer>getAs(Columns.R_SCORE) == 3
                    && r.<Integer>getAs(Columns.F_SCORE) == 3
                    && r.<Integer>getAs(Columns.M_SCORE) == 3);
  }

  @Test
  void nobodyWithAPurchaseMeansScoreOneForAll(SparkSession spark) {
    List<Row> rows =
        List.of(customer(1, "r0", 500, 0, "0.00"), customer(2, "r0", null, 0, "-1.00"));
    assertThat(fitTransform(spark, rows, new RfmScorer(), 1))
        .allMatch(r -> r.<Integer>getAs(Columns.R_SCORE) == 1);
  }

  @Test
  void aFrozenRulerScoresNewDataAsBefore(SparkSession spark) {
    List<Row> rows = population(1_000);
    RfmScorerModel first = model(spark, rows, 2);
    List<Row> doubled =
        rows.stream()
            .map(
                r ->
                    RowFactory.create(
                        r.get(0),
                        r.get(1),
                        r.get(2),
                        r.get(3),
                        r.getDecimal(4).multiply(new BigDecimal(2))))
            .toList();
    Dataset<Row> later = spark.createDataFrame(doubled, SCHEMA);
    RfmScorerModel ruler = new RfmScorer().setRuler(first.cutPoints()).fit(later);
    assertThat(ruler.cutPoints()).isEqualTo(first.cutPoints());
    assertThat(ruler.transform(later).collectAsList())
        .isEqualTo(first.transform(later).collectAsList());
    assertThat(new RfmScorer().setMode("quantile").fit(later).cutPoints())
        .isNotEqualTo(first.cutPoints());
  }

  @Test
  void fixedCutsAreTakenAsGiven(SparkSession spark) {
    RfmScorer scorer =
        new RfmScorer()
            .setMode("fixed")
            .setFixedCuts(
                new double[] {300, 180, 90, 30},
                new double[] {2, 4, 8, 12},
                new double[] {50, 100, 500, 1000});
    List<Row> rows =
        List.of(customer(1, "r0", 30, 12, "1000.00"), customer(2, "r0", 31, 3, "99.99"));
    List<Row> scored = fitTransform(spark, rows, scorer, 1);
    assertThat(scores(scored.get(0))).containsExactly(5, 5, 5);
    assertThat(scores(scored.get(1))).containsExactly(4, 2, 2);
  }

  @Test
  void refusesWhatCannotBeScored(SparkSession spark) {
    Dataset<Row> data = spark.createDataFrame(population(10), SCHEMA);
    assertThatThrownBy(() -> new RfmScorer().fit(data.drop(Columns.SPEND_365D)))
        .hasMessageContaining("Input column spend_365d does not exist");
    assertThatThrownBy(() -> new RfmScorer().setMode("fixed").fit(data))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("four numbers of recency");
    assertThatThrownBy(() -> new RfmScorer().setMode("fxed"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new RfmScorer()
                    .setMode("fixed")
                    .setFixedCuts(
                        new double[] {30, 90, 180, 300},
                        new double[] {2, 4, 8, 12},
                        new double[] {50, 100, 500, 1000})
                    .fit(data))
        .hasMessageContaining("recency")
        .hasMessageContaining("must fall");
  }

  @Test
  void savesAndLoadsAloneAndInAPipeline(SparkSession spark, @TempDir Path folder) throws Exception {
    Dataset<Row> data = spark.createDataFrame(population(500), SCHEMA);
    RfmScorer scorer = new RfmScorer().setScopeCol("region");
    RfmScorerModel model = scorer.fit(data);
    List<Row> expected = model.transform(data).collectAsList();

    model.write().save(folder.resolve("model").toString());
    RfmScorerModel loaded = RfmScorerModel.read().load(folder.resolve("model").toString());
    assertThat(loaded.cutPoints()).isEqualTo(model.cutPoints());
    assertThat(loaded.transform(data).collectAsList()).isEqualTo(expected);

    scorer.setRuler(model.cutPoints()).write().save(folder.resolve("estimator").toString());
    RfmScorer again = RfmScorer.read().load(folder.resolve("estimator").toString());
    assertThat(again.fit(data.limit(3)).transform(data).collectAsList()).isEqualTo(expected);

    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {scorer});
    pipeline.fit(data).write().save(folder.resolve("pipeline").toString());
    assertThat(
            PipelineModel.load(folder.resolve("pipeline").toString())
                .transform(data)
                .collectAsList())
        .isEqualTo(expected);
  }

  private static int[] scores(Row row) {
    return new int[] {
      row.<Integer>getAs(Columns.R_SCORE),
      row.<Integer>getAs(Columns.F_SCORE),
      row.<Integer>getAs(Columns.M_SCORE)
    };
  }

  private static RfmScorerModel model(SparkSession spark, List<Row> rows, int partitions) {
    return new RfmScorer().fit(spark.createDataFrame(rows, SCHEMA).repartition(partitions));
  }

  private static List<Row> fitTransform(
      SparkSession spark, List<Row> rows, RfmScorer scorer, int partitions) {
    Dataset<Row> data = spark.createDataFrame(rows, SCHEMA).repartition(partitions);
    return scorer.fit(data).transform(data).orderBy(Columns.CUSTOMER_ID).collectAsList();
  }

  /** ceil(5 · (below + equal / 2) / customers) by counting, among those with a purchase. */
  private static int naive(List<Row> rows, Row row, ToDoubleFunction<Row> value) {
    double own = value.applyAsDouble(row);
    long below = 0;
    long equal = 0;
    long customers = 0;
    for (Row other : rows) {
      if (other.getInt(3) > 0) {
        customers++;
        below += value.applyAsDouble(other) < own ? 1 : 0;
        equal += value.applyAsDouble(other) == own ? 1 : 0;
      }
    }
    return Math.max(1, (int) Math.ceil(5 * (2 * below + equal) / (2.0 * customers)));
  }
}
