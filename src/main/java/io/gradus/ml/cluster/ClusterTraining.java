package io.gradus.ml.cluster;

import io.gradus.ml.cluster.ClusterNames.ClusterName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a sample to a model, with or without a predecessor; all in memory. */
final class ClusterTraining {
  /** Centres carried over are dropped when a fresh fit is better by more than this share. */
  private static final double WORSE = 0.05;

  private final CustomerSample sample;
  private final List<ClusterFeature> features;
  private final String valueCol;
  private final SearchSettings settings;
  private final @Nullable String snapshotDate;
  private final FeatureScaling scaling;
  private final Points points;

  ClusterTraining(
      CustomerSample sample,
      List<ClusterFeature> features,
      String valueCol,
      double tail,
      SearchSettings settings,
      @Nullable String snapshotDate) {
    this.sample = sample;
    this.features = features;
    this.valueCol = valueCol;
    this.settings = settings;
    this.snapshotDate = snapshotDate;
    double[] weights = features.stream().mapToDouble(ClusterFeature::weight).toArray();
    this.scaling = FeatureScaling.learn(sample.points(), tail, weights);
    this.points = scaling.scale(sample.points());
  }

  /** A model and what became of its predecessor's clusters. */
  record Retrained(LearnedClusters learned, List<ClusterEvent> events) {}

  List<ClusterSearchRow> search() {
    return new ClusterSearch(points, settings).run().rows();
  }

  /** A first model; keys are numbered by falling mean value. */
  LearnedClusters first() {
    ClusterSearch.Outcome outcome = byValue(new ClusterSearch(points, settings).run());
    int k = outcome.components().count();
    List<String> keys = IntStream.rangeClosed(1, k).mapToObj(ClusterIdentity::key).toList();
    return learned(outcome, keys, new ClusterName[k], List.of(), k + 1);
  }

  /** A model that continues another one's clusters where they still exist. */
  Retrained next(LearnedClusters previous) {
    if (!hasFeaturesOf(previous)) {
      return replacing(previous);
    }
    double[][] oldCentres =
        Arrays.stream(previous.components().centres())
            .map(centre -> previous.scaling().rescale(centre, scaling))
            .toArray(double[][]::new);
    ClusterSearch.Outcome outcome = outcome(previous, oldCentres);
    int[] oldLabels = previous.components().assign(previous.scaling().scale(sample.points()));
    int[] labels = outcome.components().assign(points);
    ClusterIdentity identity =
        new ClusterIdentity(
            previous.keys(),
            oldLabels(previous),
            oldCentres,
            labels,
            outcome.components().centres());
    ClusterIdentity.Keys keys = identity.keys(previous.nextKey());
    @Nullable ClusterName[] known = knownNames(previous, identity.predecessors());
    List<String> retired = new ArrayList<>(previous.retiredKeys());
    retired.addAll(keys.retired());
    LearnedClusters learned = learned(outcome, keys.keys(), known, retired, keys.nextKey());
    return new Retrained(learned, withRenames(identity.events(keys.keys()), previous, learned));
  }

  private boolean hasFeaturesOf(LearnedClusters previous) {
    List<String> before = previous.features().stream().map(ClusterTraining::axis).toList();
    return before.equals(features.stream().map(ClusterTraining::axis).toList());
  }

  /** Clusters of other features continue none: every old key retires and none is used again. */
  private Retrained replacing(LearnedClusters previous) {
    ClusterSearch.Outcome outcome = byValue(new ClusterSearch(points, settings).run());
    int k = outcome.components().count();
    int next = previous.nextKey();
    List<String> keys = IntStream.range(next, next + k).mapToObj(ClusterIdentity::key).toList();
    List<String> retired = new ArrayList<>(previous.retiredKeys());
    retired.addAll(previous.keys());
    List<ClusterEvent> events =
        Stream.concat(
                keys.stream().map(ClusterIdentity::bornAnew),
                previous.keys().stream().map(ClusterIdentity::retiredWithFeatures))
            .toList();
    return new Retrained(learned(outcome, keys, new ClusterName[k], retired, next + k), events);
  }

  private static String axis(ClusterFeature feature) {
    return feature.column() + ":" + feature.transform().name().toLowerCase(Locale.ROOT);
  }

  /**
   * The previous centres, moved to the new data, unless a cluster has dissolved, they break a limit
   * by far that another solution holds, or a fresh fit is clearly better.
   */
  private ClusterSearch.Outcome outcome(LearnedClusters previous, double[][] oldCentres) {
    ClusterSearch search = new ClusterSearch(points, settings);
    int k = oldCentres.length;
    boolean otherK = settings.pinned() > 0 && settings.pinned() != k;
    if (k == 0
        || otherK
        || points.distinct(k) < k
        || previous.algorithm() != settings.algorithm()) {
      return search.run();
    }
    ClusterSearch.Candidate carried =
        search.judge(settings.algorithm().refine(points, points.unitWeights(), oldCentres));
    if (settings.pinned() == 0 && !continues(previous, oldCentres, carried)) {
      return search.run();
    }
    if (settings.pinned() == 0 && !carried.row().tolerable()) {
      ClusterSearch.Outcome fresh = search.run();
      if (fresh.rows().stream().anyMatch(r -> r.chosen() && r.eligible())) {
        return fresh;
      }
    }
    Components restarted =
        settings
            .algorithm()
            .fit(points, points.unitWeights(), k, settings.starts(), Seeds.mix(settings.seed(), k));
    double within = ClusterCriteria.of(points, restarted.assign(points), k).withinSquares();
    if (carried.row().withinSquares() > (1 + WORSE) * within) {
      return new ClusterSearch(points, settings.pinnedTo(k)).run();
    }
    return new ClusterSearch.Outcome(
        carried.components(),
        List.of(carried.row().asChosen()),
        "k = " + k + " carried over from the previous model");
  }

  /** Whether each carried cluster is still the one it was. */
  private boolean continues(
      LearnedClusters previous, double[][] oldCentres, ClusterSearch.Candidate carried) {
    ClusterIdentity identity =
        new ClusterIdentity(
            previous.keys(),
            oldLabels(previous),
            oldCentres,
            carried.components().assign(points),
            carried.components().centres());
    return Arrays.stream(identity.predecessors()).allMatch(p -> p >= 0);
  }

  private int[] oldLabels(LearnedClusters previous) {
    return previous.components().assign(previous.scaling().scale(sample.points()));
  }

  private static @Nullable ClusterName[] knownNames(LearnedClusters previous, int[] predecessors) {
    @Nullable ClusterName[] known = new ClusterName[predecessors.length];
    for (int c = 0; c < known.length; c++) {
      if (predecessors[c] >= 0) {
        ClusterInfo info = previous.clusters().get(predecessors[c]);
        known[c] = new ClusterName(info.name(), info.nameZh());
      }
    }
    return known;
  }

  private static List<ClusterEvent> withRenames(
      List<ClusterEvent> events, LearnedClusters previous, LearnedClusters next) {
    List<ClusterEvent> all = new ArrayList<>(events);
    for (ClusterEvent event : events) {
      if (event.type() == ClusterEvent.Type.KEPT) {
        ClusterInfo before = info(previous, event.key());
        ClusterInfo after = info(next, event.key());
        if (!before.name().equals(after.name())) {
          all.add(
              new ClusterEvent(
                  ClusterEvent.Type.RENAMED,
                  event.key(),
                  List.of(),
                  event.jaccard(),
                  String.format(
                      "Cluster %s is now called \"%s\", before \"%s\".",
                      event.key(), after.name(), before.name()),
                  String.format(
                      "客群 %s 现名“%s”，原名“%s”。", event.key(), after.nameZh(), before.nameZh())));
        }
      }
    }
    return all;
  }

  private static ClusterInfo info(LearnedClusters learned, String key) {
    return learned.clusters().stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow();
  }

  private LearnedClusters learned(
      ClusterSearch.Outcome outcome,
      List<String> keys,
      @Nullable ClusterName[] known,
      List<String> retired,
      int nextKey) {
    Components components = outcome.components();
    double[][] z = new double[components.count()][features.size()];
    for (int c = 0; c < z.length; c++) {
      for (int j = 0; j < z[c].length; j++) {
        z[c][j] = components.centres()[c][j] / scaling.rootWeight()[j];
      }
    }
    List<String> columns = features.stream().map(ClusterFeature::column).toList();
    ClusterName[] names = ClusterNames.name(z, columns, known);
    double[] shares = new double[components.count()];
    for (int label : components.assign(points)) {
      shares[label]++;
    }
    List<ClusterInfo> clusters = new ArrayList<>();
    for (int c = 0; c < names.length; c++) {
      clusters.add(
          new ClusterInfo(
              keys.get(c), names[c].english(), names[c].chinese(), shares[c] / points.count));
    }
    return new LearnedClusters(
        settings.algorithm(),
        features,
        valueCol,
        scaling,
        components,
        clusters,
        retired,
        nextKey,
        outcome.rows(),
        outcome.reason(),
        Provenance.of(snapshotDate, sample, settings.seed()));
  }

  private ClusterSearch.Outcome byValue(ClusterSearch.Outcome outcome) {
    Components components = outcome.components();
    double[] sums = new double[components.count()];
    double[] counts = new double[components.count()];
    int[] labels = components.assign(points);
    for (int i = 0; i < labels.length; i++) {
      sums[labels[i]] += sample.value()[i];
      counts[labels[i]]++;
    }
    int[] order =
        IntStream.range(0, sums.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -sums[c] / Math.max(1, counts[c])))
            .mapToInt(Integer::intValue)
            .toArray();
    return new ClusterSearch.Outcome(components.reorder(order), outcome.rows(), outcome.reason());
  }
}
