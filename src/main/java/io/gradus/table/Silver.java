package io.gradus.table;

import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;

import io.gradus.table.TableSpec.ColumnSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/** The cleaned input: what was accepted, what was not, and purchases by day. */
public final class Silver {
  private static final String LAYER = "silver";

  /** Accepted order lines. */
  public static final TableSpec TRANSACTION =
      new TableSpec(
          LAYER,
          "transaction",
          "Accepted order lines, refunds and cancellations included",
          "one row per accepted source row",
          List.of(Columns.SOURCE_FILE, Columns.SOURCE_ROW),
          List.of(),
          ColumnCatalog.of(
              Columns.CUSTOMER_ID,
              Columns.TIMESTAMP,
              Columns.DAY,
              Columns.AMOUNT,
              Columns.CURRENCY,
              Columns.TRANSACTION_ID,
              Columns.LINE_ID,
              Columns.PRODUCT_ID,
              Columns.CATEGORY,
              Columns.QUANTITY,
              Columns.SOURCE_FILE,
              Columns.SOURCE_ROW,
              Columns.CONTENT_HASH),
          Map.of());

  /** Source rows that are no transactions, each with its reason. */
  public static final TableSpec QUARANTINE =
      new TableSpec(
          LAYER,
          "quarantine",
          "Source rows that were not accepted: failed rules, named exclusions, duplicates",
          "one row per source row that was not accepted",
          List.of(Columns.SOURCE_FILE, Columns.SOURCE_ROW),
          List.of(),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.REASON),
              List.of(
                  optional(
                      Columns.CUSTOMER_ID,
                      DataTypes.StringType,
                      "Customer id as far as it could be read")),
              ColumnCatalog.of(Columns.TIMESTAMP, Columns.DAY, Columns.AMOUNT),
              List.of(
                  optional(
                      Columns.CURRENCY, DataTypes.StringType, "ISO 4217 code; NULL when unknown")),
              ColumnCatalog.of(
                  Columns.TRANSACTION_ID,
                  Columns.LINE_ID,
                  Columns.PRODUCT_ID,
                  Columns.CATEGORY,
                  Columns.QUANTITY,
                  Columns.SOURCE_FILE,
                  Columns.SOURCE_ROW,
                  Columns.CONTENT_HASH)),
          Map.of());

  /** Net money per customer and business day. */
  public static final TableSpec PURCHASE_DAY =
      new TableSpec(
          LAYER,
          "purchase_day",
          "Money per customer and business day; a purchase is a day with positive net amount",
          "one row per customer and business day",
          List.of(Columns.CUSTOMER_ID, Columns.DAY),
          List.of(),
          ColumnCatalog.of(
              Columns.CUSTOMER_ID,
              Columns.DAY,
              Columns.NET_AMOUNT,
              Columns.GROSS_AMOUNT,
              Columns.REFUND_AMOUNT,
              Columns.LINE_COUNT,
              Columns.REFUND_LINE_COUNT,
              Columns.CATEGORY_BITS),
          Map.of(
              "gross_is_positive", "gross_amount >= 0",
              "refund_is_negative", "refund_amount <= 0",
              "net_adds_up", "net_amount = gross_amount + refund_amount"));

  /** Words of {@link #CUSTOMER_STATE}'s purchase calendar, 64 days each. */
  public static final int CALENDAR_WORDS = 12;

  /** What of a customer's history can be carried to a later date without reading it again. */
  public static final TableSpec CUSTOMER_STATE =
      new TableSpec(
          LAYER,
          "customer_state",
          "Totals, windows and purchase calendar per customer, carried from night to night",
          "one row per customer",
          List.of(Columns.CUSTOMER_ID),
          List.of(),
          ColumnCatalog.all(
              ColumnCatalog.of(
                  Columns.CUSTOMER_ID,
                  Columns.FIRST_PURCHASE_DATE,
                  Columns.LAST_PURCHASE_DATE,
                  Columns.PURCHASE_DAYS,
                  Columns.NET_TOTAL,
                  Columns.GROSS_TOTAL,
                  Columns.REFUND_TOTAL,
                  Columns.LARGEST_DAY_AMOUNT),
              List.of(
                  optional(
                      Columns.PURCHASE_TOTAL,
                      TableSpec.MONEY,
                      "Net amount of all purchase days; NULL without purchase"),
                  optional(
                      Columns.FIRST_DAY_AMOUNT,
                      TableSpec.MONEY,
                      "Net amount of the first purchase day; NULL without purchase")),
              ColumnCatalog.of(
                  Columns.CATEGORY_BITS,
                  Columns.SPEND_30D,
                  Columns.SPEND_90D,
                  Columns.SPEND_180D,
                  Columns.SPEND_365D,
                  Columns.SPEND_730D,
                  Columns.PURCHASES_30D,
                  Columns.PURCHASES_90D,
                  Columns.PURCHASES_180D,
                  Columns.PURCHASES_365D,
                  Columns.PURCHASES_730D,
                  Columns.GAP_MEAN,
                  Columns.GAP_CV,
                  Columns.LOG_GAP_MEAN,
                  Columns.LOG_GAP_SD),
              calendar(),
              ColumnCatalog.of(Columns.SNAPSHOT_DATE)),
          Map.of());

  /** What has happened to days that {@link #CUSTOMER_STATE} has counted. */
  public static final TableSpec CUSTOMER_CHANGE =
      new TableSpec(
          LAYER,
          "customer_change",
          "Days up to the date of customer_state that a night has changed since it was written",
          "one row per customer, day and run that changed it",
          List.of(),
          List.of(),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.CUSTOMER_ID, Columns.DAY),
              List.of(
                  optional(
                      Columns.NET_BEFORE,
                      TableSpec.MONEY,
                      "Net amount of the day as the run found it; 0 without one"),
                  optional(
                      Columns.NET_AFTER,
                      TableSpec.MONEY,
                      "Net amount of the day as the run left it"),
                  optional(
                      Columns.GROSS_ADDED,
                      TableSpec.MONEY,
                      "Sum of the positive amounts that the run added"),
                  optional(
                      Columns.REFUND_ADDED,
                      TableSpec.MONEY,
                      "Sum of the negative amounts that the run added; 0 or less"),
                  optional(
                      Columns.LINE_COUNT,
                      DataTypes.IntegerType,
                      "Number of order lines of the day as the run left it"),
                  optional(
                      Columns.CATEGORY_BITS,
                      DataTypes.LongType,
                      "Linear-counting bitmap of the day's categories as the run left it")),
              ColumnCatalog.of(Columns.SNAPSHOT_DATE)),
          Map.of());

  private Silver() {}

  private static List<ColumnSpec> calendar() {
    return IntStream.range(0, CALENDAR_WORDS)
        .mapToObj(
            word ->
                required(
                    calendarWord(word),
                    DataTypes.LongType,
                    "Bit d: a purchase " + word * Long.SIZE + " + d days before the snapshot date"))
        .toList();
  }

  /** The column of a word of the purchase calendar, from 0. */
  public static String calendarWord(int word) {
    return Columns.CALENDAR + (word < 10 ? "0" : "") + word;
  }

  /** Every table of the layer. */
  public static List<TableSpec> tables() {
    return List.of(TRANSACTION, QUARANTINE, PURCHASE_DAY, CUSTOMER_STATE, CUSTOMER_CHANGE);
  }
}
