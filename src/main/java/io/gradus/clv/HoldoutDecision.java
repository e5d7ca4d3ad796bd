package io.gradus.clv;

import io.gradus.clv.HoldoutContest.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The purchase model that hold-outs speak for: the lowest mean Poisson deviance of purchases.
 * Unlike the absolute error, which rewards forecasts that are too low where most customers buy
 * nothing, it is least for the true mean. Between models within a thousandth of the lowest the BIC
 * of the fits before the cut-offs decides, then the simpler model.
 *
 * @param model the choice
 * @param reason why, in one phrase
 */
public record HoldoutDecision(PurchaseModelKind model, String reason) {
  private static final double TIE = 1.001;

  /**
   * Decides.
   *
   * @param cutOffs the candidates at each cut-off, at least one; a model has to be there at every
   *     one
   * @throws IllegalArgumentException when no model is
   */
  public static HoldoutDecision of(List<List<Candidate>> cutOffs) {
    Map<PurchaseModelKind, List<Candidate>> byModel = new LinkedHashMap<>();
    for (List<Candidate> cutOff : cutOffs) {
      for (Candidate candidate : cutOff) {
        byModel.computeIfAbsent(candidate.kind(), kind -> new ArrayList<>()).add(candidate);
      }
    }
    byModel.values().removeIf(candidates -> candidates.size() < cutOffs.size());
    List<Candidate> best =
        byModel.values().stream()
            .min(Comparator.comparingDouble(HoldoutDecision::deviance))
            .orElseThrow(() -> new IllegalArgumentException("no model at every cut-off"));
    double limit = TIE * deviance(best);
    List<List<Candidate>> tied =
        byModel.values().stream().filter(candidates -> deviance(candidates) <= limit).toList();
    List<Candidate> chosen =
        tied.stream().min(Comparator.comparingDouble(HoldoutDecision::bic)).orElse(best);
    String how =
        tied.size() == 1
            ? "lowest deviance of purchases"
            : "highest likelihood of " + tied.size() + " models of equal deviance of purchases";
    String reason =
        String.format(
            Locale.ROOT,
            "%s in %d hold-out%s: %.4g",
            how,
            cutOffs.size(),
            cutOffs.size() == 1 ? "" : "s",
            deviance(chosen));
    return new HoldoutDecision(chosen.get(0).kind(), reason);
  }

  private static double deviance(List<Candidate> candidates) {
    return candidates.stream().mapToDouble(Candidate::deviance).average().orElse(Double.NaN);
  }

  private static double bic(List<Candidate> candidates) {
    return candidates.stream().mapToDouble(Candidate::bic).sum();
  }
}
