package io.gradus.ml.churn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a churn model learned, as plain data.
 *
 * @param method name of what gives the probability
 * @param reason why it was chosen
 * @param horizonDays days that the probability speaks of
 * @param asOf the last day that was known, ISO
 * @param scorer gives the probability; null where there is no forecast
 * @param rhythm the customers' waiting times
 * @param spend BTYD × spend; null where there is no forecast
 * @param hurdle its challenger; null where it could not be learned
 * @param hurdleSpend whether the challenger is the published forecast
 */
record LearnedChurn(
    String method,
    String reason,
    int horizonDays,
    String asOf,
    @Nullable ChurnScorer scorer,
    Rhythm rhythm,
    @Nullable SpendModel spend,
    @Nullable HurdleSpend hurdle,
    boolean hurdleSpend)
    implements Serializable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The name of the published forecast of spend. */
  String spendMethod() {
    return hurdleSpend && hurdle != null ? SpendFold.HURDLE : SpendFold.BTYD;
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a model's numbers must be plain records", e);
    }
  }

  /**
   * @throws IllegalArgumentException when the text is not a model of this version
   */
  static LearnedChurn fromJson(String json) {
    try {
      return JSON.readValue(json, LearnedChurn.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a churn model: " + e.getOriginalMessage(), e);
    }
  }
}
