package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.clv.HoldoutContest.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldoutDecisionTest {
  private static Candidate candidate(PurchaseModelKind kind, double bic, double deviance) {
    return new Candidate(kind, bic, deviance, List.of());
  }

  @Test
  void theLowestMeanDevianceWins() {
    HoldoutDecision decision =
        HoldoutDecision.of(
            List.of(
                List.of(
                    candidate(PurchaseModelKind.BG_NBD, 100, 1.0),
                    candidate(PurchaseModelKind.PARETO_NBD, 200, 1.1)),
                List.of(
                    candidate(PurchaseModelKind.BG_NBD, 100, 1.5),
                    candidate(PurchaseModelKind.PARETO_NBD, 200, 1.3))));
    assertThat(decision.model()).isEqualTo(PurchaseModelKind.PARETO_NBD);
    assertThat(decision.reason()).isEqualTo("lowest deviance of purchases in 2 hold-outs: 1.200");
  }

  @Test
  void likelihoodDecidesBetweenEquals() {
    HoldoutDecision decision =
        HoldoutDecision.of(
            List.of(
                List.of(
                    candidate(PurchaseModelKind.BG_NBD, 300, 1.0),
                    candidate(PurchaseModelKind.MBG_NBD, 200, 1.0009),
                    candidate(PurchaseModelKind.PARETO_NBD, 100, 1.002))));
    assertThat(decision.model()).isEqualTo(PurchaseModelKind.MBG_NBD);
    assertThat(decision.reason()).startsWith("highest likelihood of 2 models");
  }

  @Test
  void aModelMustBeFittedAtEveryCutOff() {
    List<Candidate> bg = List.of(candidate(PurchaseModelKind.BG_NBD, 1, 2));
    List<Candidate> both = List.of(bg.get(0), candidate(PurchaseModelKind.BG_CNBD_K, 1, 1));
    assertThat(HoldoutDecision.of(List.of(bg, both)).model()).isEqualTo(PurchaseModelKind.BG_NBD);
    assertThatThrownBy(() -> HoldoutDecision.of(List.of(bg, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
