package io.gradus.config;

import java.util.Objects;

/**
 * How customer lifetime value is computed. The models are fitted anew on every run: it takes
 * seconds.
 *
 * @param model the purchase model, or auto
 * @param annualDiscountRate the yearly rate, 0 < rate ≤ 1
 * @param marginRate the share of revenue that is margin, 0 < rate ≤ 1
 * @param winsorQuantile the quantile of customers' mean spend above which the spend model sees no
 *     more than it, 0.5 < quantile ≤ 1; 1 for none
 * @param scope the attribute of the customer master whose larger values get models of their own
 */
public record ClvSettings(
    Model model, Double annualDiscountRate, Double marginRate, Double winsorQuantile, Scope scope) {
  /** The purchase models. */
  public enum Model {
    AUTO,
    BG_NBD,
    MBG_NBD,
    PARETO_NBD,
    BG_CNBD_K,
    MBG_CNBD_K
  }

  /** What models can differ by. */
  public enum Scope {
    NONE,
    INDUSTRY,
    REGION,
    TYPE
  }

  public ClvSettings {
    model = Objects.requireNonNullElse(model, Model.AUTO);
    annualDiscountRate = Objects.requireNonNullElse(annualDiscountRate, 0.10);
    marginRate = Objects.requireNonNullElse(marginRate, 1.0);
    winsorQuantile = Objects.requireNonNullElse(winsorQuantile, 1.0);
    scope = Objects.requireNonNullElse(scope, Scope.NONE);
    if (!(annualDiscountRate > 0 && annualDiscountRate <= 1)) {
      throw new IllegalArgumentException(
          "annual_discount_rate: " + annualDiscountRate + " is not in (0, 1]");
    }
    if (!(winsorQuantile > 0.5 && winsorQuantile <= 1)) {
      throw new IllegalArgumentException(
          "winsor_quantile: " + winsorQuantile + " is not in (0.5, 1]");
    }
    if (!(marginRate > 0 && marginRate <= 1)) {
      throw new IllegalArgumentException("margin_rate: " + marginRate + " is not in (0, 1]");
    }
  }

  static ClvSettings defaults() {
    return new ClvSettings(Model.AUTO, 0.10, 1.0, 1.0, Scope.NONE);
  }
}
