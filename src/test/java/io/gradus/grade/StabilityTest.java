package io.gradus.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.grade.Stability.State;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 1);

  @Test
  void aMoveNeedsThreeRunsAndTheMinimumStay() {
    StabilityRules rules = StabilityRules.defaults();
    State state = new Stability(rules, START, null).next(null, 2, false);
    for (int day = 1; day <= 30; day++) {
      state = night(rules, day).next(state, 1, false);
      assertThat(state.official()).isEqualTo(2);
      assertThat(state.runs()).isEqualTo(day);
    }

    state = night(rules, 31).next(state, 1, false);

    assertThat(state).isEqualTo(new State(1, 1, 0, (int) START.plusDays(31).toEpochDay()));
  }

  @Test
  void oneStepPerCommit() {
    StabilityRules rules = new StabilityRules(null, null, 1, 0, 1, null);

    State state = night(rules, 1).next(new State(4, 4, 0, 0), 0, false);

    assertThat(state.official()).isEqualTo(3);
    assertThat(state.candidate()).isZero();
    assertThat(night(rules, 2).next(state, 0, false).official()).isEqualTo(2);
  }

  @Test
  void theBandKeepsTheGradeAndForgetsTheCandidate() {
    StabilityRules rules = StabilityRules.defaults();

    State state = night(rules, 1).next(new State(2, 1, 2, 0), 1, true);

    assertThat(state).isEqualTo(new State(2, 2, 0, 0));
  }

  @Test
  void aChangeOfDirectionStartsAgain() {
    StabilityRules rules = StabilityRules.defaults();

    State state = night(rules, 1).next(new State(2, 1, 2, 0), 3, false);

    assertThat(state.runs()).isEqualTo(1);
    assertThat(state.official()).isEqualTo(2);
  }

  @Test
  void monthlyCommitsMoveOnTheFirstRunOfAMonth() {
    StabilityRules rules = new StabilityRules(null, null, 1, 0, 1, StabilityRules.Commit.MONTHLY);
    State before = new State(2, 1, 5, 0);

    assertThat(night(rules, 30).next(before, 1, false).official()).isEqualTo(2);
    assertThat(night(rules, 31).next(before, 1, false).official()).isEqualTo(1);
  }

  @Test
  void quarterlyCommitsMoveOnTheFirstRunOfAQuarter() {
    StabilityRules rules = new StabilityRules(null, null, 1, 0, 1, StabilityRules.Commit.QUARTERLY);
    State before = new State(2, 1, 5, 0);

    assertThat(night(rules, 31).next(before, 1, false).official()).isEqualTo(2);
    assertThat(night(rules, 90).next(before, 1, false).official()).isEqualTo(1);
  }

  private static Stability night(StabilityRules rules, int day) {
    return new Stability(rules, START.plusDays(day), START.plusDays(day - 1));
  }
}
