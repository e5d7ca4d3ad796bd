package io.gradus.grade;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The frozen scale of a policy: what was learned from the customers of one night and is used
 * unchanged from then on, so that a score moves only when the customer does. Plain data, to be
 * stored as YAML beside the policy.
 *
 * @param policy the name of the policy it was cut for
 * @param version that policy's version
 * @param scopes the scale of each value of the scope column with enough customers, and of {@link
 *     Policy#EVERYBODY}
 */
public record Ruler(String policy, int version, Map<String, Scale> scopes) implements Serializable {

  /**
   * The scale of one scope.
   *
   * @param limits by indicator column
   * @param weights share of each indicator column in the total, adding up to 1
   */
  public record Scale(Map<String, Limits> limits, Map<String, Double> weights)
      implements Serializable {
    public Scale {
      limits = limits == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(limits));
      weights =
          weights == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }
  }

  /**
   * The scale of one indicator, in the column's own unit.
   *
   * @param lower where the score begins
   * @param upper where the score ends
   * @param unit the scale of the log transform
   * @param median the typical customer, to whom reasons compare
   */
  public record Limits(double lower, double upper, double unit, double median)
      implements Serializable {}

  public Ruler {
    if (scopes == null || !scopes.containsKey(Policy.EVERYBODY)) {
      throw new IllegalArgumentException("scopes: '" + Policy.EVERYBODY + "' is missing");
    }
    scopes = Collections.unmodifiableMap(new LinkedHashMap<>(scopes));
  }

  /** The scale of a scope value; everybody's where it has none of its own. */
  Scale scale(String scope) {
    Scale scale = scopes.get(scope);
    return scale != null ? scale : everybody();
  }

  /** Whether the ruler was cut for this policy and version. */
  public boolean fits(Policy other) {
    return policy.equals(other.name()) && version == other.version();
  }

  private Scale everybody() {
    Scale scale = scopes.get(Policy.EVERYBODY);
    if (scale == null) {
      throw new IllegalStateException("a ruler without " + Policy.EVERYBODY);
    }
    return scale;
  }
}
