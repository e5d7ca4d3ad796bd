package io.gradus.ml.churn;

import java.util.List;

/**
 * The challenger: boosted trees that start from the additive model's log-odds. Scoring and the
 * exact SHAP values of the trees need no native library.
 *
 * @param base the additive model
 * @param trees added to its log-odds
 * @param expectation of the trees' sum over the training rows
 */
record TreeScorer(AdditiveScorer base, List<Tree> trees, double expectation)
    implements ChurnScorer {

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
    for (Tree tree : trees) {
      TreeContributions.add(tree, inputs, byInput);
    }
    double[] byTheme = base.contributions(view);
    for (int j = 0; j < byInput.length; j++) {
      byTheme[ChurnFeatures.theme(j).ordinal()] += byInput[j];
    }
    return byTheme;
  }
}
