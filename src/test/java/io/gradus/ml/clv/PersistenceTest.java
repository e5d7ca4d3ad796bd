package io.gradus.ml.clv;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SparkExtension.class)
class PersistenceTest {
  record Kind(
      String name,
      Estimator<?> estimator,
      Function<String, Estimator<?>> loadEstimator,
      Function<String, Model<?>> loadModel) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("BetaGeo", new BetaGeo().setHorizonMonths(6), BetaGeo::load, BetaGeoModel::load),
        new Kind(
            "ModifiedBetaGeo",
            new ModifiedBetaGeo().setProbabilityAliveCol("p"),
            ModifiedBetaGeo::load,
            ModifiedBetaGeoModel::load),
        new Kind(
            "ErlangBetaGeo",
            new ErlangBetaGeo().setDropoutAtZero(false),
            ErlangBetaGeo::load,
            ErlangBetaGeoModel::load),
        new Kind("ParetoNbd", new ParetoNbd().setAsOf("1"), ParetoNbd::load, ParetoNbdModel::load),
        new Kind(
            "GammaGamma",
            new GammaGamma().setWinsorQuantile(0.99),
            GammaGamma::load,
            GammaGammaModel::load),
        new Kind(
            "LifetimeValue",
            new LifetimeValue().setMarginRate(0.4).setModel("bg_nbd"),
            LifetimeValue::load,
            LifetimeValueModel::load));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void estimatorModelAndPipelinesComeBackUnchanged(
      Kind kind, SparkSession spark, @TempDir Path folder) throws IOException {
    Dataset<Row> customers = customers(spark);
    Model<?> model = kind.estimator().fit(customers);
    List<Row> expected = scored(model, customers);

    ((MLWritable) kind.estimator()).save(path(folder, "estimator"));
    Estimator<?> estimator = kind.loadEstimator().apply(path(folder, "estimator"));
    assertThat(params(estimator)).isEqualTo(params(kind.estimator()));
    assertThat(scored(estimator.fit(customers), customers)).isEqualTo(expected);

    ((MLWritable) model).save(path(folder, "model"));
    Model<?> loaded = kind.loadModel().apply(path(folder, "model"));
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(scored(loaded, customers)).isEqualTo(expected);
    assertThat(scored(loaded.copy(ParamMap.empty()), customers)).isEqualTo(expected);

    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {kind.estimator()});
    pipeline.save(path(folder, "pipeline"));
    PipelineModel fitted = Pipeline.load(path(folder, "pipeline")).fit(customers);
    fitted.save(path(folder, "pipelineModel"));
    assertThat(scored(PipelineModel.load(path(folder, "pipelineModel")), customers))
        .isEqualTo(expected);
  }

  /** The params as text, without the addresses of arrays. */
  private static String params(Estimator<?> estimator) {
    return estimator.extractParamMap().toString().replaceAll("@[0-9a-f]+", "");
  }

  private static String path(Path folder, String name) {
    return folder.resolve(name).toString();
  }

  private static List<Row> scored(Transformer model, Dataset<Row> customers) {
    return model.transform(customers).orderBy("customer_id").collectAsList();
  }

  /** Invented customers that differ in every statistic. */
  static Dataset<Row> customers(SparkSession spark) {
    return spark.sql(
        """
        select customer_id, x + 1 purchase_days, x frequency,
          case when x = 0 then 0 else cast(T * u as int) end recency, T,
          case when x > 0 then 10 + 90 * v * v end monetary_value,
          cast((x + 1) * (10 + 90 * v * v) as decimal(18,2)) net_total,
          case when x > 0 then ln(T * u / x + 1) end log_gap_mean
        from (
          select cast(id as string) customer_id, cast(200 + id % 91 as int) T,
            cast(floor(-ln(1 - pmod(id * 7919, 1000) / 1000.0) * 2) as int) x,
            0.2 + 0.8 * pmod(id * 104729, 1009) / 1009.0 u,
            pmod(id * 15485863, 997) / 997.0 v
          from range(400))
        """);
  }
}
