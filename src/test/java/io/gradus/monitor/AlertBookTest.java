package io.gradus.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.GradusException;
import io.gradus.monitor.Alert.Severity;
import io.gradus.monitor.AlertBook.Entry;
import io.gradus.monitor.AlertBook.State;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBookTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  private static Alert alert(String subject, double value) {
    return Alert.of("drift", "drift", Severity.WARNING, subject, value, 0.1, "en", "zh");
  }

  private static AlertBook night(AlertBook book, int day, Alert... found) {
    return book.after(List.of(found), DAY.plusDays(day), "run-" + day);
  }

  private static Entry only(AlertBook book) {
    assertThat(book.entries()).hasSize(1);
    return book.entries().get(0);
  }

  @Test
  void theSameCauseIsOneAlert() {
    AlertBook first = night(new AlertBook(List.of()), 0, alert("a", 0.2));
    Entry later = only(night(night(first, 1, alert("a", 0.3)), 2, alert("a", 0.4)));
    assertThat(later.id()).isEqualTo(only(first).id());
    assertThat(later.openedOn()).isEqualTo(DAY);
    assertThat(later.lastSeenOn()).isEqualTo(DAY.plusDays(2));
    assertThat(later.alert().value()).isEqualTo(0.4);
    assertThat(later.runId()).isEqualTo("run-0");
  }

  @Test
  void whatIsNotFoundAnyMoreExpiresAndMayComeBack() {
    AlertBook first = night(new AlertBook(List.of()), 0, alert("a", 0.2));
    assertThat(only(night(first, 30)).state()).isEqualTo(State.OPEN);
    AlertBook expired = night(first, 31);
    assertThat(only(expired).state()).isEqualTo(State.EXPIRED);
    assertThat(only(expired).endedOn()).isEqualTo(DAY.plusDays(31));
    AlertBook again = night(expired, 32, alert("a", 0.5));
    assertThat(again.entries()).extracting(Entry::state).containsExactly(State.OPEN, State.EXPIRED);
    assertThat(again.opened(DAY.plusDays(32))).hasSize(1);
  }

  @Test
  void aClosedAlertStaysQuietWhileItsCauseGoesOn() {
    AlertBook first = night(new AlertBook(List.of()), 0, alert("a", 0.2));
    String id = only(first).id();
    AlertBook closed = first.acknowledge(id, "Ann", null).close(id, "Bo", "known", DAY);
    AlertBook later = night(closed, 20, alert("a", 0.2));
    assertThat(only(later).state()).isEqualTo(State.CLOSED);
    assertThat(only(later).acknowledgedBy()).isEqualTo("Ann");
    assertThat(only(later).closedBy()).isEqualTo("Bo");
    assertThat(only(later).note()).isEqualTo("known");
    assertThat(night(later, 60, alert("a", 0.2)).entries()).hasSize(2);
    assertThatThrownBy(() -> closed.acknowledge(id, "Ann", null))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("closed already");
    assertThatThrownBy(() -> closed.close("a0", "Ann", null, DAY))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("no alert a0");
  }

  @Test
  void aNightThatIsRunAgainTakesBackWhatItNoLongerFinds() {
    AlertBook first = night(new AlertBook(List.of()), 0, alert("a", 0.2), alert("b", 0.2));
    AlertBook again = night(first, 0, alert("b", 0.2), alert("c", 0.2));
    assertThat(again.entries())
        .extracting(entry -> entry.alert().subject())
        .containsExactlyInAnyOrder("b", "c");
  }
}
