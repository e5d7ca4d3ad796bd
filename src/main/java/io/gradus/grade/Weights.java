package io.gradus.grade;

import io.gradus.grade.Weighting.Method;
import java.util.ArrayList;
import java.util.List;

/** The share of each indicator in the total, by the policy's method. */
final class Weights {
  private Weights() {}

  /** What the expert says: given weights, or AHP over dimensions times weights inside them. */
  static double[] expert(Policy policy) {
    List<String> names = List.copyOf(policy.dimensions().keySet());
    Weighting weighting = policy.weighting();
    double[] ofDimension =
        weighting.comparisons().isEmpty()
            ? policy.dimensions().values().stream().mapToDouble(Dimension::weight).toArray()
            : Ahp.of(names, weighting.comparisons()).weights();
    List<Double> weights = new ArrayList<>();
    policy
        .dimensions()
        .forEach(
            (name, dimension) -> {
              double share = ofDimension[names.indexOf(name)];
              dimension.indicators().forEach(i -> weights.add(share * i.weight()));
            });
    return weights.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The final weights, given the learned ones where the method needs them, within the bounds. */
  static double[] combine(Policy policy, double[] learned) {
    if (policy.dimensions().isEmpty()) {
      return new double[0];
    }
    WeightBounds bounds = WeightBounds.of(policy.dimensions(), policy.weighting());
    Method method = policy.weighting().method();
    return switch (method) {
      case GIVEN -> expert(policy);
      case AHP -> bounds.fit(expert(policy));
      case CRITIC, ENTROPY -> bounds.fit(learned);
      case BLEND -> bounds.fit(blend(policy.weighting().expert(), expert(policy), learned));
    };
  }

  private static double[] blend(double share, double[] expert, double[] learned) {
    double[] blended = new double[expert.length];
    for (int j = 0; j < blended.length; j++) {
      blended[j] = share * expert[j] + (1 - share) * learned[j];
    }
    return blended;
  }
}
