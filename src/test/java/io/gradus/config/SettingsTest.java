package io.gradus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String MINIMAL =
      """
      sources:
        transactions:
          path: landing
          columns: {customer_id: buyer, timestamp: at, amount: total}
      """;

  private static Settings read(String yaml) {
    return YamlReader.read("night.yaml", yaml, Map.of(), Settings.class);
  }

  @Test
  void threeColumnsAreEnough() {
    Settings settings = read(MINIMAL);

    assertThat(settings.asOfDate()).isNull();
    assertThat(settings.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(settings.clusters().pinned()).isZero();
    assertThat(settings.sources().transactions().columns().get("amount"))
        .isEqualTo(new ColumnMapping("total", false));
  }

  @Test
  void expressionsAndOverridesAreRead() {
    Settings settings =
        YamlReader.read(
            "night.yaml",
            MINIMAL.replace("amount: total", "amount: {expr: 'q * p'}"),
            Map.of("as_of", "2011-08-31", "clusters.k", "5"),
            Settings.class);

    assertThat(settings.asOfDate()).isEqualTo(LocalDate.of(2011, 8, 31));
    assertThat(settings.clusters().pinned()).isEqualTo(5);
    assertThat(settings.sources().transactions().columns().get("amount"))
        .isEqualTo(new ColumnMapping("q * p", true));
  }

  @Test
  void rfmTakesAScopeOwnSegmentsAndOwnCuts() {
    String segments =
        """
        rfm:
          scope: region
          segments:
            - {name: Recent, name_zh: 近期, recency: [4, 5], value: [1, 5]}
            - {name: Past, name_zh: 往期, recency: [1, 3], value: [1, 5]}
        """;
    Settings settings = read(MINIMAL + segments);
    assertThat(settings.rfm().scope()).isEqualTo("region");
    assertThat(settings.rfm().segments())
        .extracting(RfmSettings.Segment::nameZh)
        .containsExactly("近期", "往期");
    assertThat(read(YamlReader.write(settings))).isEqualTo(settings);

    String cuts =
        "{recency: [180, 90, 30, 7], frequency: [2, 3, 6, 12], monetary: [50, 200, 800, 3000]}";
    Settings fixed = read(MINIMAL + "rfm: {mode: fixed, cuts: " + cuts + "}\n");
    assertThat(fixed.rfm().cuts()).isNotNull();
    assertThat(read(YamlReader.write(fixed))).isEqualTo(fixed);
    assertThatThrownBy(() -> read(MINIMAL + "rfm: {mode: fixed}\n"))
        .hasMessageContaining("mode fixed needs them");
    assertThatThrownBy(
            () -> read(MINIMAL + "rfm: {mode: fixed, cuts: " + cuts.replace("180", "80") + "}\n"))
        .hasMessageContaining("rfm.cuts: recency: [80.0, 90.0, 30.0, 7.0] must fall");
  }

  @Test
  void canonicalTextReadsBackAsTheSameSettings() {
    Settings settings = read(MINIMAL);

    assertThat(read(YamlReader.write(settings))).isEqualTo(settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          curency: GBP                            | unknown key 'curency'; did you mean 'currency'?
          clusters: {k: 99}                       | clusters: k: '99' is neither auto nor 2 to 20
          clusters: {ranges: [2, 3]}              | unknown key 'clusters.ranges'; did you mean 'range'?
          clusters: {algorithm: kmeens}           | clusters.algorithm: cannot use 'kmeens'; use one of k_means, bisecting_k_means, gaussian_mixture
          clusters: {winsor_tail: 0.5}            | clusters: winsor_tail: 0.5 is not 0 to 0.25
          clusters: {features: [{column: spend_365}]} | clusters.features[0]: column: there is no feature 'spend_365'; did you mean 'spend_365d'?
          clusters: {features: [{column: gap_cv, transform: cube}]} | clusters.features[0].transform: cannot use 'cube'; use one of linear, log
          clusters: {features: [{column: gap_cv, weight: 0}]} | clusters.features[0]: weight: 0.0 of gap_cv is not above 0 and at most 100
          clusters: {features: [{column: gap_cv}, {column: gap_cv}]} | clusters: features: 'gap_cv' is listed twice
          rfm: {mode: rulr}                       | rfm.mode: cannot use 'rulr'; use one of quantile, ruler
          as_of: yesterday                        | as_of: cannot use 'yesterday'; use latest or a date
          time_zone: Mars/Base                    | time_zone: unknown zone 'Mars/Base'
          currency: XXQ                           | currency: unknown code 'XXQ'
          churn: {horizon_days: 0}                | churn: horizon_days: '0' is neither auto nor 7 to 730
          gates: {max_quarantine_share: 5}        | gates: max_quarantine_share: 5.0 is not a share
          retention: {nightly_days: soon}         | retention.nightly_days: cannot use 'soon'
          """)
  void refusesWithKeyAndValue(String line, String message) {
    assertThatThrownBy(() -> read(MINIMAL + line + "\n"))
        .isInstanceOf(GradusException.class)
        .hasMessageStartingWith("night.yaml: " + message)
        .satisfies(e -> assertThat(((GradusException) e).exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void refusesWhatIsMissing() {
    assertThatThrownBy(() -> read("currency: EUR")).hasMessageContaining("sources.transactions");
    assertThatThrownBy(() -> read(MINIMAL.replace(", amount: total", "")))
        .hasMessageContaining("columns: amount is required");
    assertThatThrownBy(() -> read(MINIMAL.replace("amount:", "amuont:")))
        .hasMessageContaining("did you mean 'amount'?");
  }

  @Test
  void refusesHostileYaml() {
    String bomb =
        "a0: &a0 [x, x]\n"
            + IntStream.range(1, 40)
                .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]")
                .collect(Collectors.joining("\n"));
    assertThatThrownBy(() -> read(bomb)).isInstanceOf(GradusException.class);
    assertThatThrownBy(() -> read(MINIMAL + "currency: EUR\ncurrency: GBP\n"))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("currency");
    assertThatThrownBy(() -> read("!!javax.script.ScriptEngineManager [x]"))
        .isInstanceOf(GradusException.class);
    assertThatThrownBy(() -> read("lake: [")).isInstanceOf(GradusException.class);
  }
}
