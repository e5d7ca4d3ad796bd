package io.gradus.config;

import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.MARGIN_RATE;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The customer master, one row per customer.
 *
 * @param path a Parquet file or a folder of Parquet files
 * @param columns our column name → the source's column or expression; customer_id is required,
 *     name, industry, region, type, parent_group, owner, credit_limit (money), margin_rate (the
 *     share of the customer's revenue that is margin), credit_stop (true or false) and valid_from
 *     (the date from which the row holds; later rows are not known yet) are optional
 */
public record CustomerSource(String path, Map<String, ColumnMapping> columns) {
  /** The columns of a master beside the customer id. */
  public static final List<String> ATTRIBUTES =
      List.of(
          "name",
          "industry",
          "region",
          "type",
          "parent_group",
          "owner",
          "credit_limit",
          "credit_stop",
          "valid_from",
          MARGIN_RATE);

  public CustomerSource {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException("path is required: a Parquet file or a folder of them");
    }
    Secrets.refuse("path", path);
    columns = columns == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(columns));
    if (!columns.containsKey(CUSTOMER_ID)) {
      throw new IllegalArgumentException("columns: customer_id is required");
    }
    for (String name : columns.keySet()) {
      if (!name.equals(CUSTOMER_ID) && !ATTRIBUTES.contains(name)) {
        String near = YamlReader.nearest(name, ATTRIBUTES);
        throw new IllegalArgumentException(
            "columns: unknown key '"
                + name
                + (near == null
                    ? "'; known keys: customer_id, " + String.join(", ", ATTRIBUTES)
                    : "'; did you mean '" + near + "'?"));
      }
    }
  }
}
