package io.gradus.grade;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the weights come from.
 *
 * @param method {@code given} takes the weights of dimensions and indicators as written; {@code
 *     ahp} derives the dimensions' from pairwise comparisons; {@code critic} and {@code entropy}
 *     derive the indicators' from their spread over customers; {@code blend} mixes given or AHP
 *     with CRITIC
 * @param comparisons for AHP: {@code {value: {potential: 3}}} says value matters 3 times as much as
 *     potential, on Saaty's scale 1/9..9; each pair once
 * @param expertShare for {@code blend}, the share of the expert's weights; default .7
 * @param minimum least share of one indicator in the total; default .03
 * @param maximum greatest share of one indicator in the total; default .45, or 1 with fewer than
 *     three indicators
 */
public record Weighting(
    Method method,
    Map<String, Map<String, Double>> comparisons,
    @Nullable Double expertShare,
    @Nullable Double minimum,
    @Nullable Double maximum)
    implements Serializable {

  /** The source of the weights. */
  public enum Method {
    GIVEN,
    AHP,
    CRITIC,
    ENTROPY,
    BLEND
  }

  public Weighting {
    method = method == null ? Method.GIVEN : method;
    comparisons =
        comparisons == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(comparisons));
    if (expertShare != null && !(expertShare >= 0 && expertShare <= 1)) {
      throw new IllegalArgumentException("expert_share must be within 0..1, found " + expertShare);
    }
    if (method == Method.AHP && comparisons.isEmpty()) {
      throw new IllegalArgumentException("comparisons: method ahp needs them");
    }
    if (method != Method.AHP && method != Method.BLEND && !comparisons.isEmpty()) {
      throw new IllegalArgumentException(
          "comparisons belong to the methods ahp and blend, remove them or change the method");
    }
  }

  /** Weights as written. */
  static Weighting given() {
    return new Weighting(Method.GIVEN, Map.of(), null, null, null);
  }

  /** Whether the weights depend on the customers' data, and so are learned with the ruler. */
  boolean isLearned() {
    return method == Method.CRITIC || method == Method.ENTROPY || method == Method.BLEND;
  }

  /** Whether the weights of dimensions and indicators must be written in the policy. */
  boolean needsGiven() {
    return method == Method.GIVEN || (method == Method.BLEND && comparisons.isEmpty());
  }

  double expert() {
    return expertShare == null ? .7 : expertShare;
  }

  double least() {
    return minimum == null ? .03 : minimum;
  }

  double most(int indicators) {
    return maximum != null ? maximum : indicators < 3 ? 1 : .45;
  }
}
