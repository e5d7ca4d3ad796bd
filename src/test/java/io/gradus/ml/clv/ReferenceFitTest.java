package io.gradus.ml.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.clv.FitReport;
import io.gradus.testing.SparkExtension;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits against maximum likelihood fits of other implementations with exact Hessians. */
@ExtendWith(SparkExtension.class)
class ReferenceFitTest {
  @ParameterizedTest
  @CsvSource({
    "clv-cdnow-sample.json, bgnbd",
    "clv-cdnow-sample.json, mbgnbd",
    "clv-cdnow-sample.json, paretonbd",
    "clv-cdnow-sample.json, gamma_gamma",
    "clv-cdnow-master.json, bgnbd",
    "clv-cdnow-master.json, mbgnbd",
    "clv-cdnow-master.json, paretonbd",
    "clv-cdnow-master.json, gamma_gamma"
  })
  void agreesWithTheReferenceFit(String file, String model, SparkSession spark) {
    JsonNode expected = Cdnow.reference(file).path(model);
    Dataset<Row> customers = file.contains("master") ? Cdnow.master(spark) : Cdnow.sample(spark);

    FitReport report = fit(model, customers);

    assertThat(report.converged()).as(report.reason()).isTrue();
    assertThat(report.logLikelihood()).isCloseTo(expected.path("ll").asDouble(), within(2e-6));
    double[] errors = report.standardErrors();
    for (int i = 0; i < errors.length; i++) {
      String name = report.parameterNames().get(i);
      assertThat(report.parameters()[i])
          .as(name)
          .isCloseTo(
              expected.path("params").path(name).asDouble(), Percentage.withPercentage(1e-3));
      assertThat(errors[i])
          .as("standard error of " + name)
          .isCloseTo(expected.path("se").path(name).asDouble(), Percentage.withPercentage(0.1));
    }
  }

  private static FitReport fit(String model, Dataset<Row> customers) {
    return switch (model) {
      case "bgnbd" -> new BetaGeo().fit(customers).report();
      case "mbgnbd" -> new ModifiedBetaGeo().fit(customers).report();
      case "paretonbd" -> new ParetoNbd().fit(customers).report();
      default -> new GammaGamma().fit(customers).report();
    };
  }
}
