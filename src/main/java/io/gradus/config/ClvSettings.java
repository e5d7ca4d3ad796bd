package io.gradus.config;

import java.util.Objects;

/**
 * How customer lifetime value is computed. The models are fitted anew on every run: it takes
 * seconds.
 *
 * @param model the purchase model, or auto
 * @param annualDiscountRate the yearly rate, 0 ≤ rate ≤ 1
 * @param marginRate the share of revenue that is margin, 0 < rate ≤ 1
 */
public record ClvSettings(Model model, Double annualDiscountRate, Double marginRate) {
  /** The purchase models. */
  public enum Model {
    AUTO,
    BG_NBD,
    MBG_NBD,
    MBG_CNBD_K,
    PARETO_NBD
  }

  public ClvSettings {
    model = Objects.requireNonNullElse(model, Model.AUTO);
    annualDiscountRate = Objects.requireNonNullElse(annualDiscountRate, 0.10);
    marginRate = Objects.requireNonNullElse(marginRate, 1.0);
    if (!(annualDiscountRate >= 0 && annualDiscountRate <= 1)) {
      throw new IllegalArgumentException(
          "annual_discount_rate: " + annualDiscountRate + " is not between 0 and 1");
    }
    if (!(marginRate > 0 && marginRate <= 1)) {
      throw new IllegalArgumentException("margin_rate: " + marginRate + " is not in (0, 1]");
    }
  }

  static ClvSettings defaults() {
    return new ClvSettings(Model.AUTO, 0.10, 1.0);
  }
}
