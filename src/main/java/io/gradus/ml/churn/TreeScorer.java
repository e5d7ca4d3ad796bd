package io.gradus.ml.churn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The challenger: boosted trees that start from the additive model's log-odds. Scoring and the
 * exact SHAP values of the trees need no native library.
 */
final class TreeScorer implements ChurnScorer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final AdditiveScorer base;
  @JsonProperty private final List<Tree> trees;
  @JsonProperty private final double expectation;
  private transient @Nullable List<ContributionTable> tables;

  /**
   * @param base the additive model
   * @param trees added to its log-odds
   * @param expectation of the trees' sum over the training rows
   */
  @JsonCreator
  TreeScorer(
      @JsonProperty("base") AdditiveScorer base,
      @JsonProperty("trees") List<Tree> trees,
      @JsonProperty("expectation") double expectation) {
    this.base = base;
    this.trees = new ArrayList<>(trees);
    this.expectation = expectation;
  }

  static TreeScorer of(AdditiveScorer base, List<Tree> trees) {
    return new TreeScorer(base, trees, trees.stream().mapToDouble(Tree::expectation).sum());
  }

  @Override
  public double reference() {
    return base.reference() + expectation;
  }

  @Override
  public double logit(CustomerState customer) {
    AdditiveScorer.View view = base.view(customer);
    double[] inputs = base.scaled(view);
    double logit = base.logit(view);
    for (Tree tree : trees) {
      logit += tree.value(inputs);
    }
    return logit;
  }

  @Override
  public double[] contributions(CustomerState customer) {
    AdditiveScorer.View view = base.view(customer);
    double[] inputs = base.scaled(view);
    double[] byInput = new double[inputs.length];
    for (ContributionTable table : tables()) {
      table.add(inputs, byInput);
    }
    double[] byTheme = base.contributions(view);
    for (int j = 0; j < byInput.length; j++) {
      byTheme[ChurnFeatures.theme(j).ordinal()] += byInput[j];
    }
    return byTheme;
  }

  /** Made by each process that needs them: they are larger than the trees. */
  private List<ContributionTable> tables() {
    List<ContributionTable> made = tables;
    if (made == null) {
      tables = made = trees.stream().map(ContributionTable::new).toList();
    }
    return made;
  }
}
