package io.gradus.ingest;

/** Why a source row is not an accepted transaction; the codes are part of the tables' contract. */
public final class Reasons {
  public static final String MISSING_CUSTOMER = "missing_customer";
  public static final String PLACEHOLDER_CUSTOMER = "placeholder_customer";
  public static final String INVALID_CUSTOMER = "invalid_customer";
  public static final String MISSING_TIMESTAMP = "missing_timestamp";
  public static final String TIMESTAMP_UNREADABLE = "timestamp_unreadable";
  public static final String TIMESTAMP_OUT_OF_RANGE = "timestamp_out_of_range";

  /** The row's day lies after the day of the run that reads it. */
  public static final String TIMESTAMP_IN_FUTURE = "timestamp_in_future";

  public static final String MISSING_AMOUNT = "missing_amount";
  public static final String AMOUNT_NOT_FINITE = "amount_not_finite";
  public static final String AMOUNT_UNREADABLE = "amount_unreadable";

  /** A decimal or a text whose digits below the cent are not zero. */
  public static final String AMOUNT_BELOW_CENT = "amount_below_cent";

  public static final String UNKNOWN_CURRENCY = "unknown_currency";
  public static final String NO_RATE = "no_exchange_rate";

  /** The line of the order was accepted with other content. */
  public static final String LINE_CONFLICT = "line_conflict";

  /** The customer was erased; the row is counted and kept nowhere. */
  public static final String ERASED = "erased";

  /** What comes before the name of an owner's exclusion. */
  public static final String EXCLUDED_PREFIX = "excluded:";

  private Reasons() {}
}
