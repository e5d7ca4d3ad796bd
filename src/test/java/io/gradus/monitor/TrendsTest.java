package io.gradus.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.evaluate.Wilson;
import io.gradus.math.StabilityIndex;
import io.gradus.monitor.Quality.Status;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class TrendsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  private static Trends trends(NavigableMap<LocalDate, Double> counts) {
    return new Trends(DAY, Map.of(Trends.PURCHASES_UNTIL, counts));
  }

  /** 100 purchases a day until {@code halved} days before the date, 50 since. */
  private static long counts(NavigableMap<LocalDate, Double> into, int halved) {
    double count = 0;
    for (int back = 60; back > 0; back--) {
      count += back > halved ? 100 : 50;
      into.put(DAY.minusDays(back - 1), count);
    }
    into.remove(DAY);
    return Math.round(count);
  }

  @Test
  void aFeedThatHalvesIsSeenWithinAWeek() {
    TreeMap<LocalDate, Double> same = new TreeMap<>();
    assertThat(trends(same).purchaseRate(counts(same, 0)).orElseThrow().status())
        .isEqualTo(Status.PASS);
    for (int nights = 1; nights <= 7; nights++) {
      TreeMap<LocalDate, Double> past = new TreeMap<>();
      long now = counts(past, nights);
      var check = trends(past).purchaseRate(now).orElseThrow();
      assertThat(check.value()).isCloseTo(-nights / 14.0, within(1e-9));
      assertThat(check.status()).isEqualTo(nights >= 5 ? Status.WARN : Status.PASS);
    }
  }

  @Test
  void aYoungLakeHasNoTrend() {
    TreeMap<LocalDate, Double> past = new TreeMap<>();
    past.put(DAY.minusDays(20), 1_000.0);
    assertThat(trends(past).purchaseRate(2_000)).isEmpty();
  }

  @Test
  void monthlyNightsHaveTrendsToo() {
    TreeMap<LocalDate, Double> past = new TreeMap<>();
    past.put(LocalDate.of(2025, 12, 31), 1_000.0);
    past.put(LocalDate.of(2026, 1, 31), 4_100.0);
    var check = trends(past).purchaseRate(4_100 + 29 * 40).orElseThrow();
    assertThat(check.value()).isCloseTo(-0.6, within(1e-9));
    assertThat(check.status()).isEqualTo(Status.WARN);
  }

  @Test
  void orderValuesMoveBeyondChanceOnly() {
    Trends trends = trends(new TreeMap<>());
    assertThat(trends.orderValue(500, Math.log(1.15), 0.03).orElseThrow().status())
        .isEqualTo(Status.WARN);
    assertThat(trends.orderValue(500, Math.log(1.15), 0.05).orElseThrow().status())
        .isEqualTo(Status.PASS);
    assertThat(trends.orderValue(9_000, Math.log(1.03), 0.005).orElseThrow().status())
        .isEqualTo(Status.PASS);
  }

  /** Newcombe 1998 (Statistics in Medicine 17), table I: 81/263 and 15/148. */
  @Test
  void wilsonIntervalsArePublishedOnes() {
    assertThat(Wilson.of(81, 263).lower()).isCloseTo(0.2553, within(5e-5));
    assertThat(Wilson.of(81, 263).upper()).isCloseTo(0.3662, within(5e-5));
    assertThat(Wilson.of(15, 148).lower()).isCloseTo(0.0624, within(5e-5));
    assertThat(Wilson.of(15, 148).upper()).isCloseTo(0.1605, within(5e-5));
    assertThat(Wilson.of(0, 20).lower()).isZero();
    assertThat(Wilson.of(0, 20).upper()).isCloseTo(0.1611, within(5e-5));
  }

  /** (.3 − .5) ln .6 + (.7 − .5) ln 1.4. */
  @Test
  void stabilityIndexByHand() {
    double[] then = {0.5, 0.5};
    assertThat(StabilityIndex.of(then, 1_000, new double[] {0.3, 0.7}, 1_000))
        .isCloseTo(0.169459, within(1e-6));
    assertThat(StabilityIndex.of(then, 1_000, then, 1_000)).isZero();
    assertThat(StabilityIndex.critical(2, 1_000, 1_000)).isCloseTo(10.828 / 500, within(2e-3));
  }

  @Test
  void driftNamesTheBinThatDrivesIt() {
    Drift.Reference reference =
        new Drift.Reference(
            "gap_mean", DAY, new double[] {10, 20}, 3_000, new double[] {0.4, 0.3, 0.3, 0});
    Drift.Finding finding = new Drift.Finding(reference, new long[] {300, 300, 900, 0});
    assertThat(finding.drifted()).isTrue();
    assertThat(finding.driver()).isEqualTo(2);
    Row row = finding.row();
    assertThat(row.getDouble(10)).isEqualTo(20);
    assertThat(row.isNullAt(11)).isTrue();
    assertThat(row.getDouble(12)).isCloseTo(0.3, within(1e-12));
    assertThat(new Drift.Finding(reference, new long[] {400, 300, 300, 0}).drifted()).isFalse();
  }

  /**
   * Decile 1: 100 customers, 10 with A; decile 10: 100, 50 with A. North has 40 of decile 10, 32 of
   * them with A: expected 20. South has 20 customers: too few.
   */
  @Test
  void fairnessComparesLikeWithLike() {
    List<Row> counts =
        List.of(
            RowFactory.create("all", "*", 1, "A", 10L),
            RowFactory.create("all", "*", 1, "B", 90L),
            RowFactory.create("all", "*", 10, "A", 50L),
            RowFactory.create("all", "*", 10, "B", 50L),
            RowFactory.create("region", "North", 10, "A", 32L),
            RowFactory.create("region", "North", 10, "B", 8L),
            RowFactory.create("region", "South", 1, "A", 2L),
            RowFactory.create("region", "South", 1, "B", 18L));
    List<Row> rows = Fairness.judge(counts);
    Row north = row(rows, "North", 0, "A");
    assertThat(north.getLong(4)).isEqualTo(40);
    assertThat(north.getDouble(6)).isEqualTo(0.8);
    assertThat(north.getDouble(9)).isEqualTo(0.5);
    assertThat(north.getString(10)).isEqualTo("above");
    assertThat(row(rows, "North", 10, "B").getString(10)).isEqualTo("below");
    assertThat(row(rows, "South", 0, "A").getString(10)).isEqualTo("too_few");
    assertThat(row(rows, "South", 0, "A").getDouble(9)).isEqualTo(0.1);
  }

  private static Row row(List<Row> rows, String value, int decile, String grade) {
    return rows.stream()
        .filter(r -> r.getString(1).equals(value) && r.getInt(2) == decile)
        .filter(r -> r.getString(3).equals(grade))
        .findFirst()
        .orElseThrow();
  }
}
