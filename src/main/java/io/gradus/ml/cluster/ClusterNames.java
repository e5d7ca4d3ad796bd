package io.gradus.ml.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names clusters by the features in which their centres lie farthest from the average: two words,
 * more where two clusters would share a name. A known cluster keeps its name while each of its
 * words still holds.
 */
final class ClusterNames {
  private static final double DISTINCTIVE = 0.4;
  private static final double STILL_HOLDS = 0.2;
  private static final ClusterName AVERAGE = new ClusterName("Average", "普通");

  private ClusterNames() {}

  /** A name in English and Chinese. */
  record ClusterName(String english, String chinese) {}

  private record Word(String english, String chinese, double strength) {}

  /**
   * @param z centre of each cluster in standard deviations from the mean, cluster × feature
   * @param columns the features
   * @param known the name each cluster had before, null for a new cluster
   */
  static ClusterName[] name(double[][] z, List<String> columns, @Nullable ClusterName[] known) {
    ClusterName[] names = new ClusterName[z.length];
    Set<String> used = new HashSet<>();
    List<List<Word>> words = new ArrayList<>();
    for (int c = 0; c < z.length; c++) {
      words.add(words(z[c], columns));
      @Nullable ClusterName before = known[c];
      if (before != null && stillHolds(before, words.get(c)) && used.add(before.english())) {
        names[c] = before;
      }
    }
    for (int length = 2; length <= columns.size(); length++) {
      Map<String, Integer> wishes = new HashMap<>();
      for (int c = 0; c < z.length; c++) {
        if (names[c] == null) {
          wishes.merge(join(words.get(c), length).english(), 1, Integer::sum);
        }
      }
      for (int c = 0; c < z.length; c++) {
        ClusterName wish = join(words.get(c), length);
        if (names[c] == null
            && wishes.getOrDefault(wish.english(), 0) == 1
            && used.add(wish.english())) {
          names[c] = wish;
        }
      }
    }
    number(names, words, used);
    return names;
  }

  private static void number(ClusterName[] names, List<List<Word>> words, Set<String> used) {
    for (int c = 0; c < names.length; c++) {
      ClusterName base = join(words.get(c), 2);
      ClusterName name = base;
      for (int n = 2; names[c] == null; n++) {
        if (used.add(name.english())) {
          names[c] = name;
        }
        name = new ClusterName(base.english() + " (" + n + ")", base.chinese() + "（" + n + "）");
      }
    }
  }

  private static List<Word> words(double[] z, List<String> columns) {
    List<Word> words = new ArrayList<>();
    for (int j = 0; j < z.length; j++) {
      FeatureWords feature = FeatureWords.of(columns.get(j));
      words.add(
          z[j] >= 0
              ? new Word(feature.high(), feature.highZh(), z[j])
              : new Word(feature.low(), feature.lowZh(), -z[j]));
    }
    words.sort((a, b) -> Double.compare(b.strength(), a.strength()));
    return words;
  }

  private static ClusterName join(List<Word> words, int length) {
    List<Word> distinctive =
        words.stream().filter(w -> w.strength() >= DISTINCTIVE || length > 2).toList();
    if (distinctive.isEmpty()) {
      return AVERAGE;
    }
    List<Word> first = distinctive.subList(0, Math.min(length, distinctive.size()));
    String english = String.join(", ", first.stream().map(Word::english).toList());
    return new ClusterName(
        english.substring(0, 1).toUpperCase(Locale.ROOT) + english.substring(1),
        String.join("、", first.stream().map(Word::chinese).toList()));
  }

  private static boolean stillHolds(ClusterName name, List<Word> words) {
    if (name.english().startsWith(AVERAGE.english())) {
      return words.stream().allMatch(w -> w.strength() < 2 * DISTINCTIVE);
    }
    String plain = name.english().replaceFirst(" \\(\\d+\\)$", "").toLowerCase(Locale.ROOT);
    for (String part : plain.split(", ", -1)) {
      boolean holds =
          words.stream()
              .anyMatch(
                  w ->
                      w.english().toLowerCase(Locale.ROOT).equals(part)
                          && w.strength() >= STILL_HOLDS);
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
