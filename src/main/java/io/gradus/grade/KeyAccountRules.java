package io.gradus.grade;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Key accounts: gates that an account passes or not, and the tiers that follow.
 *
 * @param group the column that joins customers to one account, such as {@code parent_group}; each
 *     customer is an account when absent
 * @param gates the conditions, each stored with its evidence
 * @param strategicPasses gates to pass for the tier {@code strategic}; all of them when absent
 * @param keyPasses gates to pass for the tier {@code key}; one less when absent
 */
public record KeyAccountRules(
    @Nullable String group,
    List<Gate> gates,
    @Nullable Integer strategicPasses,
    @Nullable Integer keyPasses)
    implements Serializable {

  /**
   * One gate.
   *
   * @param name such as {@code contribution}, {@code potential} or {@code fit}
   * @param column the customer column; summed over the account's customers or their largest, see
   *     {@code over}
   * @param atLeast the least value that passes
   * @param over how the customers of a group become one account
   * @param required whether an account that fails it is ordinary whatever else it passes
   */
  public record Gate(
      String name, String column, @Nullable Double atLeast, Over over, Boolean required)
      implements Serializable {
    /** How the values of a group's customers are joined. */
    public enum Over {
      SUM,
      MAX
    }

    public Gate {
      if (name == null || !name.matches("[a-z][a-z0-9_]*")) {
        throw new IllegalArgumentException(
            "a gate's name must be a lower-case word, found '" + name + "'");
      }
      if (column == null || atLeast == null) {
        throw new IllegalArgumentException(name + ": needs column and at_least");
      }
      SensitiveAttributes.refuse(column);
      required = required != null && required;
      over = over == null ? Over.MAX : over;
    }

    /** The least value that passes. */
    double least() {
      return atLeast == null ? Double.NaN : atLeast;
    }
  }

  public KeyAccountRules {
    if (gates == null || gates.isEmpty()) {
      throw new IllegalArgumentException("gates: at least one is needed");
    }
    gates = List.copyOf(gates);
    Set<String> names = new HashSet<>();
    for (Gate gate : gates) {
      if (!names.add(gate.name())) {
        throw new IllegalArgumentException(
            "gates: '" + gate.name() + "' is listed twice, keep one");
      }
    }
    int strategic = strategicPasses == null ? gates.size() : strategicPasses;
    int key = keyPasses == null ? Math.max(1, strategic - 1) : keyPasses;
    if (!(key >= 1 && key <= strategic && strategic <= gates.size())) {
      throw new IllegalArgumentException(
          "needs 1 ≤ key_passes ≤ strategic_passes ≤ "
              + gates.size()
              + " gates, found "
              + key
              + " and "
              + strategic);
    }
  }

  int passesForStrategic() {
    return strategicPasses == null ? gates.size() : strategicPasses;
  }

  int passesForKey() {
    return keyPasses == null ? Math.max(1, passesForStrategic() - 1) : keyPasses;
  }
}
