package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gradus.testing.RealData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions at fixed parameters against values computed elsewhere, some with 50 digits. */
class ReferenceValuesTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final double FORCE_PER_WEEK = 0.0027;

  @ParameterizedTest
  @ValueSource(strings = {"clv-cdnow-sample.json", "clv-cdnow-master.json"})
  void everyPredictionOfEveryListedCustomerAgrees(String file) throws IOException {
    JsonNode reference = read(file);
    int checked = 0;
    for (JsonNode customer : reference.path("per_customer")) {
      for (String model : List.of("bgnbd", "mbgnbd", "paretonbd")) {
        check(process(reference, model), spend(reference), customer, customer.path(model));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(30);
  }

  private static void check(
      PurchaseProcess process, GammaGammaSpend spend, JsonNode customer, JsonNode expected) {
    History history =
        new History(
            customer.path("x").asInt(),
            days(customer.path("t_x").asDouble()),
            days(customer.path("T").asDouble()));
    double value =
        customer.path("m").isNull()
            ? spend.populationMean()
            : spend.expectedValue(history.frequency(), customer.path("m").asDouble());
    close(process.probabilityAlive(history), expected.path("p_alive"));
    close(process.expectedPurchases(history, Horizon.ofWeeks(39)), expected.path("expected_H"));
    close(value, customer.path("expected_avg_order_value"));
    DiscountSchedule weekly =
        new DiscountSchedule(Horizon.ofWeeks(1), 39, Math.pow(1.10, -1 / 52.0));
    close(value * process.discountedPurchases(history, weekly), expected.path("dclv_H"));
    DiscountSchedule monthly = new DiscountSchedule(Horizon.ofWeeks(4.345), 12, 1 / 1.01);
    close(value * process.discountedPurchases(history, monthly), expected.path("clv_12m"));
    close(
        value * process.expectedPurchases(history, Horizon.ofWeeks(52)),
        expected.path("clv_52w_undiscounted"));
    if (expected.has("dert")) {
      AnnualRate rate = AnnualRate.ofWeeklyForce(FORCE_PER_WEEK);
      close(process.residualPurchases(history, rate), expected.path("dert"));
    }
  }

  /** The files give 12 significant digits of values at parameters of 12 digits. */
  private static void close(double actual, JsonNode expected) {
    double value = expected.asDouble();
    assertThat(actual).isCloseTo(value, within(1e-8 * Math.max(1, Math.abs(value))));
  }

  @Test
  void betaGeometricExpectationsHoldWhereTheDirectFormOverflows() throws IOException {
    BetaGeometricProcess process =
        new BetaGeometricProcess(
            1, false, 0.24259452243, 4.41360201901, 0.792922017226, 2.42590677683);
    int checked = 0;
    var fields = read("clv-numerics.json").fields();
    while (fields.hasNext()) {
      var field = fields.next();
      if (field.getKey().startsWith("bgex")) {
        double[] n = numbers(field.getKey());
        double exact = field.getValue().path("mpmath").asDouble();
        double recency = n[0] == 0 ? 0 : 0.99 * n[1];
        double exponent = process.r() + n[0];
        double odds =
            n[0] == 0
                ? 0
                : process.a()
                    / (process.b() + n[0] - 1)
                    * Math.pow((process.alpha() + n[1]) / (process.alpha() + recency), exponent);
        double expected =
            process.whileAlive((int) n[0], days(n[1])).expected(0, Horizon.ofWeeks(n[2]))
                / (1 + odds);
        assertThat(expected / exact).as(field.getKey()).isCloseTo(1, within(1e-11));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(8);
  }

  @Test
  void paretoLikelihoodHoldsForVeryFrequentBuyers() throws IOException {
    ParetoProcess process =
        new ParetoProcess(0.553277046853, 10.5776834633, 0.606239989128, 11.6687352889);
    List<String> bad = new ArrayList<>();
    var fields = read("clv-numerics.json").fields();
    int checked = 0;
    while (fields.hasNext()) {
      var field = fields.next();
      if (field.getKey().startsWith("pareto ")) {
        double[] n = numbers(field.getKey());
        ParetoIntegral integral =
            new ParetoIntegral(process.r(), process.alpha(), process.s(), process.beta())
                .at((int) n[0], n[1], n[2]);
        double ll = field.getValue().path("ll_mp").asDouble();
        double alive = field.getValue().path("palive_mp").asDouble();
        double llError = Math.abs(integral.logLikelihood() - ll);
        double aliveError = Math.abs(integral.probabilityAlive() / alive - 1);
        if (llError > 1e-9 * Math.max(1, Math.abs(ll) / 100) || aliveError > 2e-9) {
          bad.add(field.getKey() + " " + llError + " " + aliveError);
        }
        checked++;
      }
    }
    assertThat(bad).isEmpty();
    assertThat(checked).isEqualTo(6);
  }

  private static double[] numbers(String key) {
    String[] parts = key.split(" ");
    double[] numbers = new double[3];
    for (int i = 0; i < 3; i++) {
      numbers[i] = Double.parseDouble(parts[i + 1].split("=")[1]);
    }
    return numbers;
  }

  private static int days(double weeks) {
    return (int) Math.round(weeks * 7);
  }

  private static PurchaseProcess process(JsonNode reference, String model) {
    JsonNode p = reference.path(model).path("params");
    return switch (model) {
      case "bgnbd" -> betaGeometric(p, false);
      case "mbgnbd" -> betaGeometric(p, true);
      default ->
          new ParetoProcess(
              p.path("r").asDouble(),
              p.path("alpha").asDouble(),
              p.path("s").asDouble(),
              p.path("beta").asDouble());
    };
  }

  private static BetaGeometricProcess betaGeometric(JsonNode p, boolean dropoutAtZero) {
    return new BetaGeometricProcess(
        1,
        dropoutAtZero,
        p.path("r").asDouble(),
        p.path("alpha").asDouble(),
        p.path("a").asDouble(),
        p.path("b").asDouble());
  }

  private static GammaGammaSpend spend(JsonNode reference) {
    JsonNode p = reference.path("gamma_gamma").path("params");
    return new GammaGammaSpend(
        p.path("p").asDouble(), p.path("q").asDouble(), p.path("v").asDouble());
  }

  private static JsonNode read(String name) throws IOException {
    return JSON.readTree(RealData.path("reference/" + name).toFile());
  }
}
