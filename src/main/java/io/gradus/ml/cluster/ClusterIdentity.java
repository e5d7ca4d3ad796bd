package io.gradus.ml.cluster;

import io.gradus.math.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Carries cluster keys from one model to the next. Clusters are matched one to one (Hungarian
 * method) on 1 − Jaccard index of their members plus a tenth of the centres' relative distance; a
 * match whose Jaccard index is below {@value #LEAST_JACCARD} does not count: the new cluster gets a
 * new key and the old key retires.
 */
final class ClusterIdentity {
  static final double LEAST_JACCARD = 0.5;

  /** More than this share of a part comes from the split cluster, or of a source into a merger. */
  private static final double MOST = 0.5;

  private static final double DISTANCE_WEIGHT = 0.1;

  private final List<String> before;
  private final Agreement agreement;
  private final int afterCount;
  private final int[] matched;

  /**
   * @param before keys of the previous clusters
   * @param beforeLabels previous cluster of each customer
   * @param beforeCentres previous centres in the new scaling
   * @param afterLabels new cluster of each customer
   * @param afterCentres new centres
   */
  ClusterIdentity(
      List<String> before,
      int[] beforeLabels,
      double[][] beforeCentres,
      int[] afterLabels,
      double[][] afterCentres) {
    this.before = before;
    this.afterCount = afterCentres.length;
    this.agreement = Agreement.of(beforeLabels, before.size(), afterLabels, afterCount);
    this.matched = match(distances(beforeCentres, afterCentres));
  }

  /** The keys of the new clusters. */
  record Keys(List<String> keys, List<String> retired, int nextKey) {}

  /** The previous cluster that each new one continues, or −1. */
  int[] predecessors() {
    return matched.clone();
  }

  /** Old keys for continued clusters, the next numbers for new ones. */
  Keys keys(int nextKey) {
    int next = nextKey;
    List<String> keys = new ArrayList<>();
    for (int after = 0; after < afterCount; after++) {
      keys.add(matched[after] < 0 ? key(next++) : before.get(matched[after]));
    }
    List<String> retired = before.stream().filter(k -> !keys.contains(k)).toList();
    return new Keys(keys, retired, next);
  }

  static String key(int number) {
    return "C" + number;
  }

  /** What happened to each cluster, continued ones first, then births and retirements. */
  List<ClusterEvent> events(List<String> keys) {
    List<ClusterEvent> events = new ArrayList<>();
    for (int after = 0; after < afterCount; after++) {
      if (matched[after] >= 0) {
        events.add(kept(keys.get(after), agreement.jaccard(matched[after], after)));
      }
    }
    for (int after = 0; after < afterCount; after++) {
      if (matched[after] < 0) {
        events.add(born(keys, after));
      }
    }
    for (int old = 0; old < before.size(); old++) {
      if (!keys.contains(before.get(old))) {
        events.add(retired(old));
      }
    }
    addSplits(events, keys);
    addMergers(events, keys);
    return events;
  }

  private void addSplits(List<ClusterEvent> events, List<String> keys) {
    for (int old = 0; old < before.size(); old++) {
      List<String> parts = new ArrayList<>();
      boolean newPart = false;
      for (int after = 0; after < afterCount; after++) {
        if (agreement.shareOfSecond(old, after) > MOST) {
          parts.add(keys.get(after));
          newPart |= matched[after] < 0;
        }
      }
      if (parts.size() > 1 && newPart) {
        String list = String.join(", ", parts);
        events.add(
            new ClusterEvent(
                ClusterEvent.Type.SPLIT,
                before.get(old),
                parts,
                agreement.bestJaccard(old),
                "Cluster " + before.get(old) + " has split into " + list + ".",
                "客群 " + before.get(old) + " 已拆分为 " + list + "。"));
      }
    }
  }

  private void addMergers(List<ClusterEvent> events, List<String> keys) {
    for (int after = 0; after < afterCount; after++) {
      List<String> sources = new ArrayList<>();
      boolean gone = false;
      for (int old = 0; old < before.size(); old++) {
        if (agreement.shareOfFirst(old, after) > MOST) {
          sources.add(before.get(old));
          gone |= !keys.contains(before.get(old));
        }
      }
      if (sources.size() > 1 && gone) {
        String list = String.join(", ", sources);
        events.add(
            new ClusterEvent(
                ClusterEvent.Type.MERGED,
                keys.get(after),
                sources,
                bestOverlap(after),
                "Cluster " + keys.get(after) + " has taken in " + list + ".",
                "客群 " + keys.get(after) + " 由 " + list + " 合并而成。"));
      }
    }
  }

  private static ClusterEvent kept(String key, double jaccard) {
    String overlap = percent(jaccard);
    return new ClusterEvent(
        ClusterEvent.Type.KEPT,
        key,
        List.of(),
        jaccard,
        "Cluster " + key + " continues; " + overlap + " of its members are shared.",
        "客群 " + key + " 延续，成员重合度 " + overlap + "。");
  }

  private ClusterEvent born(List<String> keys, int after) {
    String key = keys.get(after);
    double best = bestOverlap(after);
    return new ClusterEvent(
        ClusterEvent.Type.BORN,
        key,
        List.of(),
        best,
        "Cluster " + key + " is new; no earlier cluster shares half of its members.",
        "客群 " + key + " 为新客群，没有旧客群与其成员重合过半。");
  }

  private ClusterEvent retired(int old) {
    String key = before.get(old);
    return new ClusterEvent(
        ClusterEvent.Type.RETIRED,
        key,
        List.of(),
        agreement.bestJaccard(old),
        "Cluster " + key + " is retired; its key will not be used again.",
        "客群 " + key + " 已停用，其编号不再使用。");
  }

  /** A cluster of a model whose features the one before did not have. */
  static ClusterEvent bornAnew(String key) {
    return new ClusterEvent(
        ClusterEvent.Type.BORN,
        key,
        List.of(),
        0,
        "Cluster " + key + " is new; the features of the clusters have changed.",
        "客群 " + key + " 为新客群，聚类特征已更改。");
  }

  /** A cluster of a model whose features the next one does not have. */
  static ClusterEvent retiredWithFeatures(String key) {
    return new ClusterEvent(
        ClusterEvent.Type.RETIRED,
        key,
        List.of(),
        0,
        "Cluster " + key + " is retired; the features of the clusters have changed.",
        "客群 " + key + " 已停用，聚类特征已更改。");
  }

  private double bestOverlap(int after) {
    double best = 0;
    for (int old = 0; old < before.size(); old++) {
      best = Math.max(best, agreement.jaccard(old, after));
    }
    return best;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private int[] match(double[][] distances) {
    int[] result = new int[afterCount];
    Arrays.fill(result, -1);
    double farthest = Double.MIN_NORMAL;
    for (double[] row : distances) {
      for (double distance : row) {
        farthest = Math.max(farthest, distance);
      }
    }
    double[][] cost = new double[before.size()][afterCount];
    for (int old = 0; old < before.size(); old++) {
      for (int after = 0; after < afterCount; after++) {
        cost[old][after] =
            1 - agreement.jaccard(old, after) + DISTANCE_WEIGHT * distances[old][after] / farthest;
      }
    }
    int[] columns = Assignment.solve(cost);
    for (int old = 0; old < columns.length; old++) {
      if (columns[old] >= 0 && agreement.jaccard(old, columns[old]) >= LEAST_JACCARD) {
        result[columns[old]] = old;
      }
    }
    return result;
  }

  private static double[][] distances(double[][] from, double[][] to) {
    double[][] distances = new double[from.length][to.length];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        double sum = 0;
        for (int f = 0; f < from[i].length; f++) {
          sum += (from[i][f] - to[j][f]) * (from[i][f] - to[j][f]);
        }
        distances[i][j] = Math.sqrt(sum);
      }
    }
    return distances;
  }
}
