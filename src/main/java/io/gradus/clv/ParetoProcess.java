package io.gradus.clv;

import io.gradus.math.Expectation;
import java.util.List;

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987, Management Science 33(1)): Poisson purchases
 * at a gamma distributed rate, an exponential lifetime with a gamma distributed rate. The
 * likelihood's integral over the moment of drop-out is taken by {@link ParetoIntegral}, without
 * hypergeometric functions.
 *
 * @param r shape of the distribution of purchase rates, &gt; 0
 * @param alpha its rate parameter in weeks, &gt; 0
 * @param s shape of the distribution of drop-out rates, &gt; 0
 * @param beta its rate parameter in weeks, &gt; 0
 */
public record ParetoProcess(double r, double alpha, double s, double beta)
    implements PurchaseProcess {
  static final List<String> PARAMETERS = List.of("r", "alpha", "s", "beta");
  static final String NAME = "pareto_nbd";

  /**
   * @throws IllegalArgumentException when a parameter is not positive and finite
   */
  public ParetoProcess {
    Checks.positive(PARAMETERS, r, alpha, s, beta);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> parameterNames() {
    return PARAMETERS;
  }

  @Override
  public double[] parameters() {
    return new double[] {r, alpha, s, beta};
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public double logLikelihood(History history) {
    return integral(history.frequency(), history.recencyWeeks(), history.ageWeeks())
        .logLikelihood();
  }

  @Override
  public double[] phaseProbabilities(History history) {
    ParetoIntegral integral =
        integral(history.frequency(), history.recencyWeeks(), history.ageWeeks());
    return new double[] {integral.probabilityAlive()};
  }

  private ParetoIntegral integral(int frequency, double recencyWeeks, double ageWeeks) {
    return new ParetoIntegral(r, alpha, s, beta).at(frequency, recencyWeeks, ageWeeks);
  }

  @Override
  public AlivePurchases whileAlive(int frequency, int ageDays) {
    double age = ageDays / Horizon.DAYS_PER_WEEK;
    return new Alive(r + frequency, alpha + age, s, beta + age);
  }

  /** Given alive, the purchase rate is gamma(shape, scale), the drop-out rate gamma(s, life). */
  private record Alive(double shape, double scale, double s, double life)
      implements AlivePurchases {

    /** shape/scale · life/(s−1) · [1 − (life/(life+t))^{s−1}]. */
    @Override
    public double expected(int phase, Horizon horizon) {
      return shape / scale * life * power(1 - s, Math.log1p(horizon.weeks() / life));
    }

    /** E[λ²] E[min(lifetime, t)²]. */
    @Override
    public double secondFactorialMoment(int phase, Horizon horizon) {
      double log = Math.log1p(horizon.weeks() / life);
      double square = 2 * life * life * (power(2 - s, log) - power(1 - s, log));
      return shape * (shape + 1) / (scale * scale) * Math.max(0, square);
    }

    /** Alive to the end without a purchase, or dropped out before the next. */
    @Override
    public double noPurchase(int phase, Horizon horizon) {
      double log = new ParetoIntegral(shape, scale, s, life).at(0, 0, horizon.weeks()).logBracket();
      return Math.min(1, Math.exp(log + shape * Math.log(scale) + s * Math.log(life)));
    }

    /** shape/scale · E[1/(δ + drop-out rate)]. */
    @Override
    public double[] residual(AnnualRate rate) {
      double force = rate.weeklyForce();
      Expectation dropout = Expectation.gamma(s, life);
      double sum = 0;
      for (int i = 0; i < dropout.size(); i++) {
        sum += dropout.weight(i) / (force + dropout.point(i));
      }
      return new double[] {shape / scale * sum};
    }

    /** (e^{exponent · log} − 1) / exponent, also for an exponent of zero. */
    private static double power(double exponent, double log) {
      return exponent == 0 ? log : Math.expm1(exponent * log) / exponent;
    }
  }
}
