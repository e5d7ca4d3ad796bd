package io.gradus.ml.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Finds the number of clusters on a sample in memory. Among the k whose smallest share, bootstrap
 * agreement and per-cluster Jaccard indices hold their limits the best silhouette wins, ties within
 * {@value #TIE} going to the smaller k. Without such a k the most repeatable one is taken; a pinned
 * k is taken as it is. Fewer distinct customers than k reduce k.
 */
final class ClusterSearch {
  static final double TIE = 0.02;
  private static final int BOOTSTRAP_STARTS = 2;

  private final Points points;
  private final SearchSettings settings;

  ClusterSearch(Points points, SearchSettings settings) {
    this.points = points;
    this.settings = settings;
  }

  /** A fitted k with its figures. */
  record Candidate(Components components, ClusterSearchRow row) {}

  /** The choice, the figures of every k tried and the reason in words. */
  record Outcome(Components components, List<ClusterSearchRow> rows, String reason) {}

  Outcome run() {
    int most = settings.pinned() > 0 ? settings.pinned() : settings.maxK();
    int least = settings.pinned() > 0 ? settings.pinned() : settings.minK();
    int distinct = points.distinct(most);
    if (distinct == 0) {
      return new Outcome(
          Components.spherical(new double[0][]),
          List.of(),
          "no customer to cluster: k reduced to 0");
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int k = Math.min(least, distinct); k <= Math.min(most, distinct); k++) {
      candidates.add(candidate(k));
    }
    Candidate chosen = choose(candidates);
    return outcome(candidates, chosen, reason(chosen, least, distinct));
  }

  private static Outcome outcome(List<Candidate> candidates, Candidate chosen, String reason) {
    List<ClusterSearchRow> rows =
        candidates.stream().map(c -> c == chosen ? c.row().asChosen() : c.row()).toList();
    return new Outcome(chosen.components(), rows, reason);
  }

  private String reason(Candidate chosen, int least, int distinct) {
    int k = chosen.row().k();
    if (distinct < least) {
      return "only "
          + distinct
          + " distinct customers: k reduced from "
          + least
          + " to "
          + distinct;
    }
    if (settings.pinned() > 0) {
      return "k = " + k + " is pinned";
    }
    return chosen.row().eligible()
        ? "k = " + k + " has the best silhouette of the repeatable k, ties to the smaller"
        : "no k holds the limits of share and repeatability; k = " + k + " is the most repeatable";
  }

  static Candidate choose(List<Candidate> candidates) {
    List<Candidate> eligible = candidates.stream().filter(c -> c.row().eligible()).toList();
    if (eligible.isEmpty()) {
      return candidates.stream()
          .max(
              Comparator.<Candidate>comparingDouble(c -> c.row().adjustedRand())
                  .thenComparing(c -> -c.row().k()))
          .orElseThrow();
    }
    double best = eligible.stream().mapToDouble(c -> c.row().silhouette()).max().orElseThrow();
    return eligible.stream()
        .filter(c -> c.row().silhouette() >= best - TIE)
        .min(Comparator.comparingInt(c -> c.row().k()))
        .orElseThrow();
  }

  /** Fits and judges one k. */
  Candidate candidate(int k) {
    long seed = Seeds.mix(settings.seed(), k);
    return judge(
        settings.algorithm().fit(points, points.unitWeights(), k, settings.starts(), seed));
  }

  /** Judges a given clustering. */
  Candidate judge(Components components) {
    int k = components.count();
    long seed = Seeds.mix(settings.seed(), k);
    int[] labels = components.assign(points);
    ClusterCriteria criteria = ClusterCriteria.of(points, labels, k);
    GapStatistic gap =
        GapStatistic.of(points, settings.algorithm(), k, settings.references(), seed);
    Stability stability = stability(labels, k, seed);
    boolean eligible =
        criteria.smallestShare() >= ClusterSearchRow.LEAST_SHARE
            && stability.adjustedRand() >= ClusterSearchRow.LEAST_ADJUSTED_RAND
            && stability.smallestJaccard() >= ClusterSearchRow.LEAST_JACCARD;
    return new Candidate(
        components,
        new ClusterSearchRow(
            k,
            criteria.withinSquares(),
            criteria.silhouette(),
            criteria.daviesBouldin(),
            criteria.calinskiHarabasz(),
            gap.gap(),
            gap.standardError(),
            stability.adjustedRand(),
            stability.smallestJaccard(),
            criteria.smallestShare(),
            eligible,
            false));
  }

  private record Stability(double adjustedRand, double smallestJaccard) {}

  /**
   * Refits bootstrap samples (as multinomial weights), assigns every point by the result and
   * compares with the partition (Hennig 2007).
   */
  private Stability stability(int[] labels, int k, long seed) {
    Agreement[] agreements =
        IntStream.range(0, settings.bootstraps())
            .parallel()
            .mapToObj(b -> bootstrap(labels, k, Seeds.mix(seed, 1_000L + b)))
            .toArray(Agreement[]::new);
    double rand = 0;
    double[] jaccard = new double[k];
    for (Agreement agreement : agreements) {
      rand += agreement.adjustedRand() / agreements.length;
      for (int c = 0; c < k; c++) {
        jaccard[c] += agreement.bestJaccard(c) / agreements.length;
      }
    }
    double smallest = 1;
    for (double j : jaccard) {
      smallest = Math.min(smallest, j);
    }
    return new Stability(rand, smallest);
  }

  private Agreement bootstrap(int[] labels, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] weights = new double[points.count];
    for (int i = 0; i < points.count; i++) {
      weights[random.nextInt(points.count)]++;
    }
    Components refit =
        settings.algorithm().fitRoughly(points, weights, k, BOOTSTRAP_STARTS, Seeds.mix(seed, 0));
    return Agreement.of(labels, k, refit.assign(points), k);
  }
}
