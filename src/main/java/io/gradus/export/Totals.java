package io.gradus.export;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By what sent and received rows are compared.
 *
 * @param rows the number of rows
 * @param sums the sum of each decimal column; 0 where every value is NULL
 */
public record Totals(long rows, Map<String, BigDecimal> sums) {
  public Totals {
    sums = Map.copyOf(sums);
  }

  /** The first difference in words; empty when both agree. */
  public Optional<String> differenceTo(Totals received) {
    if (rows != received.rows) {
      return Optional.of(rows + " rows were sent, " + received.rows + " arrived");
    }
    for (var sum : new TreeMap<>(sums).entrySet()) {
      BigDecimal other = received.sums.get(sum.getKey());
      if (other == null || other.compareTo(sum.getValue()) != 0) {
        return Optional.of(
            sum.getKey() + " adds up to " + sum.getValue() + " when sent, to " + other + " there");
      }
    }
    return Optional.empty();
  }
}
