package io.gradus.grade;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A group of indicators with one score.
 *
 * @param weight share in the total score, 0..1; the weights of all dimensions add up to 1. Absent
 *     where the weighting derives it
 * @param indicators one or more, each column once
 */
public record Dimension(Double weight, List<Indicator> indicators) implements Serializable {
  public Dimension {
    weight = weight == null ? 0.0 : weight;
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight must be within 0..1, found " + weight);
    }
    if (indicators == null || indicators.isEmpty()) {
      throw new IllegalArgumentException("indicators: a dimension needs at least one");
    }
    indicators = List.copyOf(indicators);
    Set<String> seen = new HashSet<>();
    for (Indicator indicator : indicators) {
      if (!seen.add(indicator.column())) {
        throw new IllegalArgumentException(
            "indicators: column '" + indicator.column() + "' is listed twice, keep one");
      }
    }
  }
}
