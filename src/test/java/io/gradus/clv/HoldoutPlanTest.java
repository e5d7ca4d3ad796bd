package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class HoldoutPlanTest {
  private static final LocalDate AS_OF = LocalDate.of(2011, 8, 31);

  @Test
  void nineMonthsAreCutNinetyDaysBeforeTheirEnd() {
    HoldoutPlan plan = HoldoutPlan.of(LocalDate.of(2010, 12, 1), AS_OF);
    assertThat(plan.horizonDays()).isEqualTo(90);
    assertThat(plan.cutOffs()).containsExactly(LocalDate.of(2011, 6, 2));
  }

  @Test
  void longHistoriesAreCutThreeTimesAYearApart() {
    HoldoutPlan plan = HoldoutPlan.of(AS_OF.minusYears(10), AS_OF);
    assertThat(plan.horizonDays()).isEqualTo(365);
    assertThat(plan.cutOffs())
        .containsExactly(AS_OF.minusDays(365), AS_OF.minusDays(730), AS_OF.minusDays(1095));
  }

  @Test
  void theLastCutOffKeepsTwiceTheHorizon() {
    assertThat(HoldoutPlan.of(AS_OF.minusDays(2 * 180 + 2 * 180 - 1), AS_OF).cutOffs())
        .containsExactly(AS_OF.minusDays(180), AS_OF.minusDays(360));
    assertThat(HoldoutPlan.of(AS_OF.minusDays(89), AS_OF).cutOffs())
        .containsExactly(AS_OF.minusDays(30));
    assertThat(HoldoutPlan.of(AS_OF.minusDays(88), AS_OF).cutOffs()).isEmpty();
    assertThat(HoldoutPlan.shortestHistory()).isEqualTo(90);
  }
}
