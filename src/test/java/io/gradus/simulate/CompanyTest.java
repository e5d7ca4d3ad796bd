package io.gradus.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompanyTest {
  private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
  private static final LocalDate TO = LocalDate.of(2024, 12, 31);

  @Test
  void refusesValuesThatMeanNothing() {
    Company company = Company.of(100, FROM, TO, 1);
    assertThatThrownBy(() -> Company.of(0, FROM, TO, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("customers must be between");
    assertThatThrownBy(() -> company.withTo(FROM.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("to 2022-12-31 lies before from 2023-01-01");
    assertThatThrownBy(() -> company.withDirtyShare(0.6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dirtyShare must be between 0.0 and 0.5, was 0.6");
    assertThatThrownBy(() -> company.withSegments(List.of(Segments.USUAL.get(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sum to 1, was 0.1");
    assertThatThrownBy(() -> new Spend(6, 1, 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("q must be greater than 1");
    assertThatThrownBy(() -> new Event.RegionCollapse("Atlantis", FROM, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown region Atlantis");
  }

  @Test
  void faultSharesSumToOne() {
    double sum = Arrays.stream(Fault.values()).mapToDouble(Fault::share).sum();
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void givesTheWantedNumberOfLines() {
    Company company = Company.of(20_000, FROM, TO, 3).withDirtyShare(0).withLinesPerCustomer(10);
    assertThat(company.expectedLinesPerCustomer()).isCloseTo(10, within(1e-6));
    Ledger ledger = new Ledger(company);
    int[] lines = new int[1];
    for (int i = 0; i < company.customers(); i++) {
      ledger.replay(ledger.profile(i), (line, fault) -> lines[0] += line.quantity() > 0 ? 1 : 0);
    }
    assertThat(lines[0] / 20_000.0).isBetween(9.5, 10.4);
  }

  @Test
  void refusesANumberOfLinesThatNoRateGives() {
    Company company = Company.of(1_000, FROM, TO, 3);
    assertThatThrownBy(() -> company.withLinesPerCustomer(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no purchase rate gives 0.5 lines per customer");
  }
}
