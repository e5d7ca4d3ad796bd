package io.gradus.grade;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named half-open part {@code [from, below)} of a scale; the best part includes its upper end.
 *
 * @param name the grade or level it stands for
 * @param from where it begins, inclusive
 * @param below where it ends, exclusive; the beginning of the next part when absent
 */
public record Range(String name, Double from, @Nullable Double below) implements Serializable {
  public Range {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("name is missing");
    }
    if (from == null || !Double.isFinite(from)) {
      throw new IllegalArgumentException(name + ": from must be a number, found " + from);
    }
  }

  /**
   * Proves that the ranges cover {@code [lowest, highest]} exactly once and returns them from the
   * highest to the lowest.
   *
   * @throws IllegalArgumentException naming the gap, the overlap or the doubled name
   */
  static List<Range> cover(List<Range> ranges, double lowest, double highest) {
    if (ranges == null || ranges.isEmpty()) {
      throw new IllegalArgumentException("needs at least one range");
    }
    List<Range> rising = new ArrayList<>(ranges);
    rising.sort(Comparator.comparingDouble(Range::from));
    uniqueNames(rising);
    double covered = lowest;
    for (int i = 0; i < rising.size(); i++) {
      Range range = rising.get(i);
      if (range.from().doubleValue() != covered) {
        throw broken(rising, i, covered);
      }
      double next = i + 1 < rising.size() ? rising.get(i + 1).from() : highest;
      covered = range.below() == null ? next : range.below();
      if (!(covered > range.from())) {
        throw new IllegalArgumentException(
            range.name()
                + " begins at "
                + text(range.from())
                + " and ends at "
                + text(covered)
                + "; raise its end or lower its beginning");
      }
    }
    if (covered != highest) {
      throw new IllegalArgumentException(
          rising.get(rising.size() - 1).name()
              + " ends at "
              + text(covered)
              + ", but the scale goes to "
              + text(highest));
    }
    return List.copyOf(
        rising.stream().sorted(Comparator.comparingDouble(Range::from).reversed()).toList());
  }

  private static void uniqueNames(List<Range> ranges) {
    Set<String> seen = new HashSet<>();
    for (Range range : ranges) {
      if (!seen.add(range.name())) {
        throw new IllegalArgumentException("'" + range.name() + "' is listed twice, keep one");
      }
    }
  }

  private static IllegalArgumentException broken(List<Range> rising, int i, double covered) {
    Range range = rising.get(i);
    String before = i == 0 ? "the scale" : rising.get(i - 1).name();
    return new IllegalArgumentException(
        range.from() > covered
            ? "nothing covers "
                + text(covered)
                + " to "
                + text(range.from())
                + "; let "
                + range.name()
                + " begin at "
                + text(covered)
            : range.name()
                + " and "
                + before
                + " both claim "
                + text(range.from())
                + " to "
                + text(covered)
                + "; let "
                + range.name()
                + " begin at "
                + text(covered));
  }

  /** A number without superfluous decimals. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
