package io.gradus.simulate;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The head of an order, a return or a faulty copy: what its lines have in common.
 *
 * @param epochDay the day it reaches the feed
 */
record Document(
    String orderId,
    @Nullable String customer,
    LocalDateTime time,
    String currency,
    String status,
    int epochDay) {

  /** The documents that one order of a customer can lead to. */
  enum Kind {
    SALE("SO"),
    RETURN("RT"),
    FAULTY("SO");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  static final String COMPLETED = "completed";
  static final String CANCELLED = "cancelled";
  static final String RETURNED = "returned";

  /** Orders that one customer can place before document numbers would repeat. */
  private static final int MOST_ORDERS = 250_000;

  private static final long FIRST_CUSTOMER = 10_000_000L;
  private static final String UNKNOWN_CURRENCY = "???";

  /** The identifier of the customer with an index. */
  static String customerId(long index) {
    return Long.toString(FIRST_CUSTOMER + index);
  }

  static Document of(
      Kind kind,
      long index,
      String customer,
      int order,
      long epochDay,
      int second,
      String currency) {
    if (order >= MOST_ORDERS) {
      throw new IllegalStateException(
          "customer " + customer + " places more than " + MOST_ORDERS + " orders");
    }
    long number = (index * MOST_ORDERS + order) * 4 + kind.ordinal();
    return new Document(
        kind.prefix + number,
        customer,
        LocalDateTime.ofEpochSecond(epochDay * 86_400 + second, 0, ZoneOffset.UTC),
        currency,
        kind == Kind.RETURN ? RETURNED : COMPLETED,
        (int) epochDay);
  }

  /** The document as a fault of the whole order spoils it. */
  Document spoilt(Fault fault, Draws draws) {
    return switch (fault) {
      case MISSING_CUSTOMER -> withCustomer(null);
      case FLOAT_ID -> withCustomer(customer + ".0");
      case PLACEHOLDER_ID -> withCustomer(Directory.pick(Directory.PLACEHOLDERS, draws));
      case CANCELLED -> new Document(orderId, customer, time, currency, CANCELLED, epochDay);
      case FUTURE_DATE ->
          new Document(
              orderId, customer, time.plusYears(1 + draws.index(10)), currency, status, epochDay);
      case UNKNOWN_CURRENCY ->
          new Document(orderId, customer, time, UNKNOWN_CURRENCY, status, epochDay);
      default -> throw new IllegalArgumentException(fault + " is a fault of one line");
    };
  }

  private Document withCustomer(@Nullable String other) {
    return new Document(orderId, other, time, currency, status, epochDay);
  }
}
