package io.gradus.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.GradusException;
import io.gradus.grade.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDraftTest {
  private static PolicyDraft draft() {
    return PolicyDraft.of("jobs/policy.yaml")
        .named("more-value")
        .weight("value", 0.65)
        .weight("potential", 0.20)
        .weight("loyalty", 0.15);
  }

  @Test
  void theFileSaysOnlyWhatDiffersAndReadsBackAsThePolicy(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a").resolve("policy.yaml");

    Policy written = draft().write(file.toString(), List.of("two\nlines"));

    assertThat(written).isEqualTo(draft().policy());
    assertThat(written.name()).isEqualTo("more-value");
    assertThat(written.dimensions().get("value").weight()).isEqualTo(0.65);
    assertThat(written.grades()).isEqualTo(Notebook.policy("jobs/policy.yaml").grades());
    assertThat(Files.readString(file)).contains("# two lines").doesNotContain("matrix");
  }

  @Test
  void indicatorsChangeTheirWeightsAndKeepTheRest(@TempDir Path folder) {
    PolicyDraft forward =
        draft().indicator("value", "spend_365d", 0.3).indicator("value", "clv_12m", 0.5);
    Policy written = forward.write(folder.resolve("policy.yaml").toString(), List.of());
    assertThat(written).isEqualTo(forward.policy());
    assertThat(written.indicators())
        .filteredOn(i -> List.of("spend_365d", "clv_12m", "purchases_365d").contains(i.column()))
        .extracting(i -> i.weight())
        .containsExactly(0.3, 0.5, 0.2);
    assertThatThrownBy(() -> draft().indicator("value", "height", 0.1).policy())
        .hasMessageContaining("dimension value has no indicator [height]");
  }

  @Test
  void whatIsNoPolicyIsNotWritten(@TempDir Path folder) {
    Path file = folder.resolve("policy.yaml");
    assertThatThrownBy(() -> draft().weight("value", 0.9).write(file.toString(), List.of()))
        .isInstanceOf(GradusException.class);
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> draft().named("No Name")).hasMessageContaining("no policy name");
  }
}
