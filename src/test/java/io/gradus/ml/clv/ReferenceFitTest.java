package io.gradus.ml.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.clv.BetaGeometricProcess;
import io.gradus.clv.FitReport;
import io.gradus.clv.GammaGammaSpend;
import io.gradus.clv.History;
import io.gradus.clv.ParetoProcess;
import io.gradus.clv.PurchaseProcess;
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
    double atTheirs = logLikelihood(model, expected.path("params"), customers);
    assertThat(atTheirs)
        .as("log-likelihood at the reference's parameters")
        .isCloseTo(expected.path("ll").asDouble(), within(1e-6));
    assertThat(report.logLikelihood())
        .as("log-likelihood at our parameters, next to ours at the reference's")
        .isBetween(atTheirs - 1e-9 * report.observations(), atTheirs + 1e-6);
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

  /** Customer by customer with the models' own density, not with the fit's sums. */
  private static double logLikelihood(String model, JsonNode at, Dataset<Row> customers) {
    double sum = 0;
    if (model.equals("gamma_gamma")) {
      GammaGammaSpend spend = new GammaGammaSpend(of(at, "p"), of(at, "q"), of(at, "v"));
      for (Row row :
          customers
              .where("frequency > 0 and monetary_value > 0")
              .selectExpr("frequency", "monetary_value")
              .collectAsList()) {
        sum += spend.logDensity(row.getInt(0), row.getDouble(1));
      }
      return sum;
    }
    double r = of(at, "r");
    double alpha = of(at, "alpha");
    PurchaseProcess process =
        switch (model) {
          case "bgnbd" -> new BetaGeometricProcess(1, false, r, alpha, of(at, "a"), of(at, "b"));
          case "mbgnbd" -> new BetaGeometricProcess(1, true, r, alpha, of(at, "a"), of(at, "b"));
          default -> new ParetoProcess(r, alpha, of(at, "s"), of(at, "beta"));
        };
    for (Row row : customers.selectExpr("frequency", "recency", "T").collectAsList()) {
      sum += process.logLikelihood(new History(row.getInt(0), row.getInt(1), row.getInt(2)));
    }
    return sum;
  }

  private static double of(JsonNode parameters, String name) {
    assertThat(parameters.path(name).isNumber()).as(name).isTrue();
    return parameters.path(name).asDouble();
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
