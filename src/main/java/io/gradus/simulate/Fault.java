package io.gradus.simulate;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with rows of a real feed. Apart from {@link #FLOAT_ID}, which respells the customer
 * of an order that did take place, faults are rows added to the true ones: a perfect cleaning gives
 * back the true ledger exactly.
 */
public enum Fault {
  /** An order of an unknown buyer: customer is null. */
  MISSING_CUSTOMER(0.30, true),
  /** A cancelled order: status {@code cancelled}, positive amounts, never paid. */
  CANCELLED(0.20, true),
  /** An order dated one to ten years after it was delivered. */
  FUTURE_DATE(0.02, true),
  /** An order whose currency is {@code ???}. */
  UNKNOWN_CURRENCY(0.03, true),
  /** An order booked on a placeholder such as {@code nan} or {@code guest}. */
  PLACEHOLDER_ID(0.03, true),
  /** A true order whose customer is spelt as a floating-point number, {@code 10000017.0}. */
  FLOAT_ID(0.05, true),
  /** The same line delivered twice, equal in every column. */
  DUPLICATE(0.12, false),
  /** A free sample: a line at price 0. */
  ZERO_PRICE(0.06, false),
  /** A manual adjustment: a line with a negative price. */
  NEGATIVE_PRICE(0.02, false),
  /** A line whose price and amount are null. */
  NULL_AMOUNT(0.03, false),
  /** A line whose price is not a number and whose amount is null. */
  NAN_PRICE(0.02, false),
  /** A postage or handling fee as a line of an order. */
  FEE(0.12, false);

  private static final Fault[] ALL = values();

  private final double share;
  private final boolean wholeOrder;

  Fault(double share, boolean wholeOrder) {
    this.share = share;
    this.wholeOrder = wholeOrder;
  }

  /** Share of this kind among all faulty rows; the shares sum to one. */
  public double share() {
    return share;
  }

  /** Whether all lines of an order carry the fault, or a single line. */
  public boolean wholeOrder() {
    return wholeOrder;
  }

  /**
   * The fault that a uniform draw stands for, each kind with probability {@code dirtyShare ×
   * share}.
   *
   * @return null for no fault
   */
  static @Nullable Fault drawn(double uniform, boolean wholeOrder, double dirtyShare) {
    double left = uniform;
    for (Fault fault : ALL) {
      if (fault.wholeOrder == wholeOrder) {
        left -= dirtyShare * fault.share;
        if (left < 0) {
          return fault;
        }
      }
    }
    return null;
  }
}
