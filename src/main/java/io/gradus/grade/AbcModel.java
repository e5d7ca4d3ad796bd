package io.gradus.grade;

import io.gradus.table.Columns;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ABC analysis: customers in falling order of one amount, cut into classes. Equal amounts always
 * get the same class.
 *
 * @param column the amount; 12-month revenue when absent
 * @param rule what the cuts count
 * @param classes best first; each has the end of its class, the last one has none
 */
public record AbcModel(String column, Rule rule, List<AbcClass> classes) implements Serializable {
  private static final List<AbcClass> STANDARD =
      List.of(new AbcClass("A", .80), new AbcClass("B", .95), new AbcClass("C", null));

  /** What the cuts of the classes count. */
  public enum Rule {
    /** Share 0..1 of the total amount that lies before the customer. */
    CUMULATIVE_SHARE,
    /** Share 0..1 of the customers that lie before the customer. */
    COUNT_SHARE,
    /** Number of customers up to the class's end. */
    COUNT,
    /** The customer's own amount: the class holds it from {@code until} upwards. */
    VALUE
  }

  /**
   * One class.
   *
   * @param name such as {@code A}; a grade's code where grades follow this model
   * @param until the end of the class in the rule's measure; with {@code value} its least amount;
   *     absent in the last class only
   */
  public record AbcClass(String name, @Nullable Double until) implements Serializable {
    public AbcClass {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("name is missing");
      }
    }
  }

  public AbcModel {
    column = column == null ? Columns.SPEND_365D : column;
    SensitiveAttributes.refuse(column);
    rule = rule == null ? Rule.CUMULATIVE_SHARE : rule;
    classes = classes == null ? STANDARD : List.copyOf(classes);
    check(rule, classes);
  }

  /** 12-month revenue, cut at 80 % and 95 % of the total. */
  static AbcModel standard() {
    return new AbcModel(Columns.SPEND_365D, Rule.CUMULATIVE_SHARE, STANDARD);
  }

  private static void check(Rule rule, List<AbcClass> classes) {
    Set<String> names = new HashSet<>();
    @Nullable Double before = null;
    for (int i = 0; i < classes.size(); i++) {
      AbcClass c = classes.get(i);
      if (!names.add(c.name())) {
        throw new IllegalArgumentException("classes: '" + c.name() + "' is listed twice, keep one");
      }
      boolean last = i == classes.size() - 1;
      Double until = c.until();
      if (last != (until == null)) {
        throw new IllegalArgumentException(
            "classes: "
                + (last
                    ? "the last class '" + c.name() + "' takes the rest, remove its 'until'"
                    : "'" + c.name() + "' needs 'until'; only the last class goes without"));
      }
      if (until != null) {
        checkCut(rule, c.name(), until, before);
        before = until;
      }
    }
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("classes: at least one is needed");
    }
  }

  private static void checkCut(Rule rule, String name, double until, @Nullable Double before) {
    boolean share = rule == Rule.CUMULATIVE_SHARE || rule == Rule.COUNT_SHARE;
    if (!(until > 0) || !Double.isFinite(until) || (share && until >= 1)) {
      throw new IllegalArgumentException(
          "classes: '"
              + name
              + "' has until "
              + until
              + ", must be above 0"
              + (share ? " and below 1" : ""));
    }
    boolean falling = rule == Rule.VALUE;
    if (before != null && (falling ? until >= before : until <= before)) {
      throw new IllegalArgumentException(
          "classes: '"
              + name
              + "' overlaps the class before it: until "
              + Range.text(until)
              + " must be "
              + (falling ? "below " : "above ")
              + Range.text(before));
    }
  }
}
