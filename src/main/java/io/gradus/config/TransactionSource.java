package io.gradus.config;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CATEGORY;
import static io.gradus.table.Columns.CURRENCY;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.LINE_ID;
import static io.gradus.table.Columns.PRODUCT_ID;
import static io.gradus.table.Columns.QUANTITY;
import static io.gradus.table.Columns.TIMESTAMP;
import static io.gradus.table.Columns.TRANSACTION_ID;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The transaction feed.
 *
 * @param path a Parquet file or a folder of Parquet files
 * @param columns our column name → the source's column or expression; customer_id, timestamp and
 *     amount are required, transaction_id, line_id, product_id, category, quantity and currency
 *     optional
 * @param exclude reason → condition over the source's columns; rows that meet it are counted and
 *     kept in quarantine, outside the quarantine gate
 * @param duplicates what becomes of a row that repeats another one in every mapped column
 * @param timestampFormat the pattern of a text timestamp, null when it is none
 * @param coerceText whether text amounts are read as numbers; rows that do not parse are
 *     quarantined
 * @param allowEmpty whether a folder without rows is a valid source
 * @param placeholderCustomers customer ids, compared without case, that stand for nobody
 */
public record TransactionSource(
    String path,
    Map<String, ColumnMapping> columns,
    Map<String, String> exclude,
    Duplicates duplicates,
    @Nullable String timestampFormat,
    Boolean coerceText,
    Boolean allowEmpty,
    List<String> placeholderCustomers) {

  /** What becomes of rows that repeat another one in every mapped column. */
  public enum Duplicates {
    /** One copy is accepted, the others are counted as duplicates. */
    DROP,
    /** Every copy is accepted: identical lines of one order are meant. */
    KEEP
  }

  private static final List<String> REQUIRED = List.of(CUSTOMER_ID, TIMESTAMP, AMOUNT);
  private static final List<String> KNOWN =
      List.of(
          CUSTOMER_ID,
          TIMESTAMP,
          AMOUNT,
          TRANSACTION_ID,
          LINE_ID,
          PRODUCT_ID,
          CATEGORY,
          QUANTITY,
          CURRENCY);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,60}");

  public TransactionSource {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException("path is required: a Parquet file or a folder of them");
    }
    Secrets.refuse("path", path);
    columns = sorted(columns);
    exclude = sorted(exclude);
    duplicates = Objects.requireNonNullElse(duplicates, Duplicates.DROP);
    coerceText = Objects.requireNonNullElse(coerceText, false);
    allowEmpty = Objects.requireNonNullElse(allowEmpty, false);
    placeholderCustomers =
        placeholderCustomers == null
            ? List.of("null", "nan", "none", "n/a", "guest", "anonymous", "unknown", "-1")
            : List.copyOf(placeholderCustomers);
    checkColumns(columns);
    for (String name : exclude.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "exclude: '" + name + "' is no reason name; use lower-case letters, digits and _");
      }
    }
  }

  /** Whether a column of ours must be mapped and present in every file. */
  public boolean isRequired(String column) {
    return REQUIRED.contains(column);
  }

  private static <T> Map<String, T> sorted(@Nullable Map<String, T> map) {
    return map == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(map));
  }

  private static void checkColumns(Map<String, ColumnMapping> columns) {
    for (String name : columns.keySet()) {
      if (!KNOWN.contains(name)) {
        String near = YamlReader.nearest(name, KNOWN);
        throw new IllegalArgumentException(
            "columns: unknown key '"
                + name
                + (near == null
                    ? "'; known keys: " + String.join(", ", KNOWN)
                    : "'; did you mean '" + near + "'?"));
      }
    }
    for (String name : REQUIRED) {
      if (!columns.containsKey(name)) {
        throw new IllegalArgumentException(
            "columns: " + name + " is required; map it to a column of the source");
      }
    }
  }
}
