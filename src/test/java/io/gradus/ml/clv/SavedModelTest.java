package io.gradus.ml.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of each kind as version 0.1 saved it loads and predicts what it did then. */
@ExtendWith(SparkExtension.class)
class SavedModelTest {
  static Stream<Arguments> models() {
    return Stream.of(
        model("BetaGeo", BetaGeoModel::load, "expected_purchases", 0.7942438974713613),
        model(
            "ModifiedBetaGeo",
            ModifiedBetaGeoModel::load,
            "expected_purchases",
            1.5648622395642653),
        model("ErlangBetaGeo", ErlangBetaGeoModel::load, "expected_purchases", 1.0571181257747517),
        model("ParetoNbd", ParetoNbdModel::load, "expected_purchases", 1.611345762966681),
        model("GammaGamma", GammaGammaModel::load, "expected_average_value", 18.203546748344007),
        model("LifetimeValue", LifetimeValueModel::load, "cast(clv_12m as double)", 9.82));
  }

  private static Arguments model(
      String name, Function<String, Model<?>> load, String column, double expected) {
    return Arguments.of(name, load, column, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void stillLoads(
      String name,
      Function<String, Model<?>> load,
      String column,
      double expected,
      SparkSession spark) {
    String path = Path.of("src", "test", "resources", "models", name).toAbsolutePath().toString();
    Dataset<Row> customers = PersistenceTest.customers(spark).where("customer_id = '5'");
    double actual = load.apply(path).transform(customers).selectExpr(column).head().getDouble(0);
    assertThat(actual).isCloseTo(expected, within(1e-8));
  }
}
