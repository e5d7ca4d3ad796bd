package io.gradus.simulate;

/**
 * Column names of the simulated source system and of its truth; a mapping leads from them to ours.
 */
public final class SourceColumns {
  private SourceColumns() {}

  // Order lines
  public static final String ORDER_ID = "order_id";
  public static final String LINE_NO = "line_no";
  public static final String CUSTOMER = "customer";
  public static final String ORDER_TIME = "order_time";
  public static final String PRODUCT = "product";
  public static final String CATEGORY = "category";
  public static final String QUANTITY = "quantity";
  public static final String UNIT_PRICE = "unit_price";
  public static final String AMOUNT = "amount";
  public static final String CURRENCY = "currency";
  public static final String STATUS = "status";
  public static final String DELIVERY_DATE = "delivery_date";

  // Customer master
  public static final String NAME = "name";
  public static final String TYPE = "type";
  public static final String INDUSTRY = "industry";
  public static final String REGION = "region";
  public static final String PARENT_GROUP = "parent_group";
  public static final String SIGNUP_DATE = "signup_date";
  public static final String OWNER = "owner";

  // Truth of a customer
  public static final String CUSTOMER_INDEX = "customer_index";
  public static final String SEGMENT = "segment";
  public static final String RATE_PER_DAY = "rate_per_day";
  public static final String STOP_PROBABILITY = "stop_probability";
  public static final String DEATH_RATE_PER_DAY = "death_rate_per_day";
  public static final String MEAN_ORDER_VALUE = "mean_order_value";
  public static final String STOPPED_ON = "stopped_on";
  public static final String ORDERS_PLACED = "orders_placed";
  public static final String ORDERS_DELIVERED = "orders_delivered";
  public static final String LINES = "lines";
  public static final String PURCHASE_DAYS = "purchase_days";
  public static final String FIRST_PURCHASE_DATE = "first_purchase_date";
  public static final String LAST_PURCHASE_DATE = "last_purchase_date";
  public static final String GROSS_AMOUNT = "gross_amount";
  public static final String REFUND_AMOUNT = "refund_amount";

  // Truth of a faulty row
  public static final String FAULT = "fault";

  // Truth of a segment
  public static final String SHARE = "share";
  public static final String DROPOUT = "dropout";
  public static final String LINES_PER_ORDER = "lines_per_order";
  public static final String RETURN_SHARE = "return_share";

  // Truth of an event
  public static final String EVENT = "event";
  public static final String VALID_FROM = "valid_from";
  public static final String VALID_TO = "valid_to";
  public static final String TARGET = "target";
  public static final String FACTOR = "factor";
}
