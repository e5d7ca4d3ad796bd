package io.gradus.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up a customer's true rows as a perfect cleaning would leave them. A purchase day is a day
 * whose amounts, returns included, sum to more than zero.
 */
final class Tally implements Ledger.Sink {
  private final Map<Integer, Long> centsByDay = new HashMap<>();
  private int lines;
  private int orders;
  private long grossCents;
  private long refundCents;
  private String lastOrder = "";

  @Override
  public void line(Line line, @Nullable Fault fault) {
    if (fault != null && fault != Fault.FLOAT_ID) {
      return;
    }
    Document document = line.document();
    long cents = Objects.requireNonNull(line.amount()).unscaledValue().longValueExact();
    lines++;
    centsByDay.merge(document.epochDay(), cents, Long::sum);
    if (cents < 0) {
      refundCents += cents;
      return;
    }
    grossCents += cents;
    if (!document.orderId().equals(lastOrder)) {
      orders++;
      lastOrder = document.orderId();
    }
  }

  int lines() {
    return lines;
  }

  int orders() {
    return orders;
  }

  long grossCents() {
    return grossCents;
  }

  long refundCents() {
    return refundCents;
  }

  int purchaseDays() {
    return (int) centsByDay.values().stream().filter(cents -> cents > 0).count();
  }

  /** Epoch day; null without a purchase. */
  @Nullable Integer firstPurchase() {
    return purchase(false);
  }

  /** Epoch day; null without a purchase. */
  @Nullable Integer lastPurchase() {
    return purchase(true);
  }

  private @Nullable Integer purchase(boolean latest) {
    Integer found = null;
    for (Map.Entry<Integer, Long> day : centsByDay.entrySet()) {
      boolean better = found == null || (latest ? day.getKey() > found : day.getKey() < found);
      if (day.getValue() > 0 && better) {
        found = day.getKey();
      }
    }
    return found;
  }
}
