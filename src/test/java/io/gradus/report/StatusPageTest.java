package io.gradus.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.report.LakeStatus.Failure;
import io.gradus.report.LakeStatus.Run;
import io.gradus.report.TextTable.Format;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final Run NEWEST = run("2026-01-31", "2026-02-01T02:00:00Z", 90, 60.0);
  private static final Run FIRST = run("2026-01-30", "2026-01-31T02:00:00Z", 60, null);
  private static final Failure FAILURE =
      new Failure(
          Instant.parse("2026-02-02T02:01:00Z"),
          "2026-02-01",
          "",
          "reconcile",
          3,
          "Input landing does not exist.",
          12,
          "etl-1");

  private static Run run(String asOf, String started, double seconds, Double usual) {
    return new Run(
        LocalDate.parse(asOf), "r-" + asOf, Instant.parse(started), seconds, usual, 7, 1, 70, "1");
  }

  private static LakeStatus status(List<Failure> failures) {
    LocalDate today = LocalDate.of(2026, 2, 3);
    return new LakeStatus(
        "lake", today, LocalDate.of(2026, 2, 1), List.of(NEWEST, FIRST), failures);
  }

  @Test
  void saysHowFreshHowFastAndWhatFailed() {
    String page = StatusPage.of(status(List.of(FAILURE)), Format.TABLE);
    assertThat(page)
        .contains(
            "Graded as of 2026-01-31: 3 days old, 1 days behind its input. It took 90 s, 1.50 of"
                + " the usual 60 s.")
        .contains("Failed since: 2026-02-02T02:01:00Z  as of 2026-02-01  exit 3 in reconcile:")
        .contains("(2 rows)");
  }

  @Test
  void aFailureBeforeTheLastGoodRunIsHistory() {
    Failure old =
        new Failure(Instant.parse("2026-02-01T01:00:00Z"), "latest", "", "", 5, "busy", 1, "h");
    LakeStatus status = status(List.of(old));
    assertThat(status.openFailure()).isEmpty();
    assertThat(StatusPage.of(status, Format.TABLE)).doesNotContain("Failed since").contains("busy");
  }

  @Test
  void jsonIsOneObjectForAProgram() throws Exception {
    JsonNode json =
        new ObjectMapper().readTree(StatusPage.of(status(List.of(FAILURE)), Format.JSON));
    assertThat(json.path("as_of").asText()).isEqualTo("2026-01-31");
    assertThat(json.path("age_days").asInt()).isEqualTo(3);
    assertThat(json.path("days_behind_input").asInt()).isEqualTo(1);
    assertThat(json.path("failing").asBoolean()).isTrue();
    assertThat(json.path("runs").path(0).path("usual_seconds").asDouble()).isEqualTo(60);
    assertThat(json.path("runs").path(1).path("usual_seconds").isNull()).isTrue();
    assertThat(json.path("failures").path(0).path("exit_code").asInt()).isEqualTo(3);
  }

  @Test
  void aLakeOfWhichEveryRunFailedHasAStatus() {
    LakeStatus none =
        new LakeStatus("lake", LocalDate.of(2026, 2, 3), null, List.of(), List.of(FAILURE));
    assertThat(StatusPage.of(none, Format.TABLE))
        .contains("Nothing is published yet.")
        .contains("exit 3");
    assertThat(none.ageDays()).isEmpty();
  }
}
