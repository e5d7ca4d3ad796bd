package io.gradus.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An optional feed.
 *
 * @param path a Parquet file or a folder of Parquet files
 * @param columns our column name → the source's column or expression; which ones, says {@link Feed}
 * @param dateFormat the pattern of text dates, such as {@code M/d/yyyy}; null when dates are dates
 */
public record FeedSource(
    String path, Map<String, ColumnMapping> columns, @Nullable String dateFormat) {
  public FeedSource {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException("path is required: a Parquet file or a folder of them");
    }
    Secrets.refuse("path", path);
    columns = columns == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** Refuses unknown and missing columns, naming the key and the fix. */
  void check(Feed feed) {
    List<String> known = feed.columns();
    for (String name : columns.keySet()) {
      if (!known.contains(name)) {
        String near = YamlReader.nearest(name, known);
        throw new IllegalArgumentException(
            feed.key()
                + ".columns: unknown key '"
                + name
                + (near == null
                    ? "'; known keys: " + String.join(", ", known)
                    : "'; did you mean '" + near + "'?"));
      }
    }
    for (String name : feed.required()) {
      if (!columns.containsKey(name)) {
        throw new IllegalArgumentException(
            feed.key() + ".columns: " + name + " is required; map it to a column of the source");
      }
    }
    boolean issued = columns.containsKey("issued_on");
    boolean due = columns.containsKey("due_on");
    if (feed == Feed.PAYMENTS && (issued != due || (!due && !columns.containsKey("paid_on")))) {
      throw new IllegalArgumentException(
          "payments.columns: map issued_on and due_on (and paid_on), or paid_on alone");
    }
  }
}
