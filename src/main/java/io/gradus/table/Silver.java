package io.gradus.table;

import java.util.List;
import java.util.Map;

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
                  TableSpec.ColumnSpec.optional(
                      Columns.CUSTOMER_ID,
                      org.apache.spark.sql.types.DataTypes.StringType,
                      "Customer id as far as it could be read")),
              ColumnCatalog.of(Columns.TIMESTAMP, Columns.DAY, Columns.AMOUNT),
              List.of(
                  TableSpec.ColumnSpec.optional(
                      Columns.CURRENCY,
                      org.apache.spark.sql.types.DataTypes.StringType,
                      "ISO 4217 code; NULL when unknown")),
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

  private Silver() {}

  /** Every table of the layer. */
  public static List<TableSpec> tables() {
    return List.of(TRANSACTION, QUARANTINE, PURCHASE_DAY);
  }
}
