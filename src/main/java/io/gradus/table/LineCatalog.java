package io.gradus.table;

import static io.gradus.table.ColumnList.DATE;
import static io.gradus.table.ColumnList.DOUBLE;
import static io.gradus.table.ColumnList.INT;
import static io.gradus.table.ColumnList.LONG;
import static io.gradus.table.ColumnList.MONEY;
import static io.gradus.table.ColumnList.TEXT;
import static io.gradus.table.ColumnList.TIME;

/** Columns of single lines and days: where a row comes from and what was bought. */
final class LineCatalog {
  private LineCatalog() {}

  static void addTo(ColumnList columns) {
    columns.required(
        Columns.CUSTOMER_ID,
        TEXT,
        "Customer id as the source gives it, normalised (NFC, no blanks around it)");
    columns.required(
        Columns.SNAPSHOT_DATE, DATE, "As-of date: the last business day that the row knows of");
    columns.required(
        Columns.RUN_ID,
        TEXT,
        "The run that wrote the row: hash of as-of date, inputs, settings, policy and code");
    columns.required(Columns.CURRENCY, TEXT, "ISO 4217 code of every amount in the row");
    columns.required(Columns.SOURCE_FILE, TEXT, "Name of the source file the row was read from");
    columns.required(
        Columns.SOURCE_ROW, LONG, "Position of the row in its source file, counted from 0");
    columns.required(
        Columns.CONTENT_HASH,
        LONG,
        "64-bit hash of all mapped columns, by which repeated rows are found");
    columns.optional(
        Columns.TRANSACTION_ID,
        TEXT,
        "Order, invoice or receipt number; NULL when the feed maps none");
    columns.optional(Columns.LINE_ID, TEXT, "Line within the order; NULL when the feed maps none");
    columns.optional(
        Columns.TIMESTAMP,
        TIME,
        "Instant of the transaction; times without zone are local to the business zone");
    columns.optional(Columns.DAY, DATE, "Business day in the configured time zone");
    columns.optional(
        Columns.PRODUCT_ID, TEXT, "Product or stock code; NULL when the feed maps none");
    columns.optional(Columns.CATEGORY, TEXT, "Product category; NULL when the feed maps none");
    columns.optional(
        Columns.QUANTITY,
        DOUBLE,
        "Units; negative for returns and cancellations; NULL when not mapped");
    columns.optional(
        Columns.AMOUNT,
        MONEY,
        "Net amount of the line, rounded half up to the cent; negative for refunds");
    columns.required(
        Columns.REASON,
        TEXT,
        "Code of the first rule the row fails, excluded:<name>, or duplicate");
    columns.required(
        Columns.NET_AMOUNT,
        MONEY,
        "Sum of all amounts of the customer on the day, refunds included");
    columns.required(Columns.GROSS_AMOUNT, MONEY, "Sum of the positive amounts of the day");
    columns.required(
        Columns.REFUND_AMOUNT, MONEY, "Sum of the negative amounts of the day; 0 or less");
    columns.required(Columns.LINE_COUNT, INT, "Number of order lines of the day");
    columns.required(Columns.REFUND_LINE_COUNT, INT, "Number of lines with a negative amount");
    columns.required(
        Columns.CATEGORY_BITS,
        LONG,
        "Linear-counting bitmap of the categories (or products) bought, 64 bits");
  }
}
