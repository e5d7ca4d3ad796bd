package io.gradus.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The optional feeds beside the customer master, each with the columns of its declared schema. */
public enum Feed {
  /** Receivables with issue, due and payment day, or plain payments with their day only. */
  PAYMENTS(List.of("customer_id", "amount"), List.of("issued_on", "due_on", "paid_on")),
  /**
   * What serving a customer cost: goods, delivery, service; one row per customer and day or line.
   */
  COSTS(List.of("customer_id", "day", "amount"), List.of()),
  /** Deliveries with the day promised and the day delivered. */
  DELIVERIES(List.of("customer_id", "promised_on"), List.of("delivered_on")),
  /** Service tickets by the day they were opened. */
  TICKETS(List.of("customer_id", "day"), List.of()),
  /** Who brought whom, and when. */
  REFERRALS(List.of("customer_id", "referred_id", "day"), List.of()),
  /** Ratings of strategic fit, 0 to 5. */
  STRATEGIC_FIT(List.of("customer_id", "rating", "rater", "rated_on", "expires_on"), List.of()),
  /** Estimates of what customers spend in a year, everywhere. */
  WALLET(List.of("customer_id", "amount", "day"), List.of("confidence")),
  /** Grades set by hand. */
  OVERRIDES(
      List.of(
          "customer_id",
          "override_grade",
          "override_author",
          "override_reason",
          "override_from",
          "override_until"),
      List.of()),
  /** Rates of exchange: one unit of the currency in the lake's currency, from the day on. */
  FX(List.of("currency", "day", "rate"), List.of());

  private final List<String> required;
  private final List<String> optional;

  Feed(List<String> required, List<String> optional) {
    this.required = required;
    this.optional = optional;
  }

  /** The key below {@code sources}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Columns that must be mapped and have a value in every row. */
  public List<String> required() {
    return required;
  }

  /** All columns, the required ones first. */
  public List<String> columns() {
    return Stream.concat(required.stream(), optional.stream()).toList();
  }
}
