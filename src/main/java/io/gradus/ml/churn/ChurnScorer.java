package io.gradus.ml.churn;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/** A learned probability of no purchase within the model's horizon, in log-odds and explained. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AdditiveScorer.class, name = "additive"),
  @JsonSubTypes.Type(value = PatternScorer.class, name = "pattern"),
  @JsonSubTypes.Type(value = LinearScorer.class, name = "linear"),
  @JsonSubTypes.Type(value = HiatusScorer.class, name = "hiatus"),
  @JsonSubTypes.Type(value = TreeScorer.class, name = "trees")
})
sealed interface ChurnScorer extends Serializable
    permits AdditiveScorer, PatternScorer, LinearScorer, HiatusScorer, TreeScorer {

  /** Log-odds of no purchase within the horizon. */
  double logit(CustomerState customer);

  /** The log-odds that contributions are counted from. */
  double reference();

  /**
   * What each theme adds to the log-odds, indexed by {@link Theme#ordinal()}: together with the
   * reference they sum to {@link #logit}.
   */
  double[] contributions(CustomerState customer);
}
