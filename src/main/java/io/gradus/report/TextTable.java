package io.gradus.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A small result as text: a table for people, CSV or JSON for programs. */
public final class TextTable {
  /** How a result is written. */
  public enum Format {
    TABLE,
    CSV,
    JSON
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDEST = 80;

  private TextTable() {}

  /**
   * A result: named columns, and rows whose cells are text, numbers, booleans, lists or null.
   *
   * @param header the columns' names
   */
  public record Result(List<String> header, List<List<@Nullable Object>> rows) {
    public Result {
      header = List.copyOf(header);
      rows = rows.stream().map(r -> Collections.unmodifiableList(new ArrayList<>(r))).toList();
    }

    /** The number of rows. */
    public int size() {
      return rows.size();
    }

    /** The first rows. */
    public Result limited(int most) {
      return size() <= most ? this : new Result(header, rows.subList(0, most));
    }
  }

  /** The result as text that ends with a newline. */
  public static String of(Result result, Format format) {
    return switch (format) {
      case TABLE -> table(result);
      case CSV -> csv(result);
      case JSON -> json(result);
    };
  }

  private static String table(Result result) {
    int columns = result.header().size();
    List<List<String>> cells = new ArrayList<>();
    cells.add(result.header());
    for (List<@Nullable Object> row : result.rows()) {
      cells.add(row.stream().map(TextTable::shown).toList());
    }
    int[] widths = new int[columns];
    cells.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], width(row.get(i)));
          }
        });
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < cells.size(); r++) {
      for (int i = 0; i < columns; i++) {
        String cell = cells.get(r).get(i);
        boolean right = r > 0 && result.rows().get(r - 1).get(i) instanceof Number;
        String pad = " ".repeat(widths[i] - width(cell));
        text.append(right ? pad + cell : cell + pad).append(i == columns - 1 ? "" : "  ");
      }
      trimEnd(text).append('\n');
      if (r == 0) {
        for (int i = 0; i < columns; i++) {
          text.append("-".repeat(widths[i])).append(i == columns - 1 ? "" : "  ");
        }
        text.append('\n');
      }
    }
    return text.append("(").append(result.size()).append(" rows)\n").toString();
  }

  private static StringBuilder trimEnd(StringBuilder text) {
    while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    return text;
  }

  private static String shown(@Nullable Object cell) {
    String text = cell == null ? "" : String.valueOf(cell).replaceAll("\\p{Cntrl}", " ");
    return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
  }

  /** Chinese and other wide characters fill two cells of a terminal. */
  static int width(String text) {
    return text.codePoints().map(c -> c >= 0x2E80 && c <= 0xFFE6 ? 2 : 1).sum();
  }

  private static String csv(Result result) {
    StringBuilder text = new StringBuilder(csvLine(result.header()));
    for (List<@Nullable Object> row : result.rows()) {
      text.append(csvLine(row));
    }
    return text.toString();
  }

  private static String csvLine(List<? extends @Nullable Object> cells) {
    return cells.stream().map(TextTable::csvCell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** RFC 4180; text that a spreadsheet would take for a formula gets a leading apostrophe. */
  private static String csvCell(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    String text = String.valueOf(cell);
    if (!(cell instanceof Number) && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String json(Result result) {
    StringBuilder text = new StringBuilder();
    for (List<@Nullable Object> row : result.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(result.header().get(i), plain(row.get(i)));
      }
      try {
        text.append(JSON.writeValueAsString(object)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("cannot write a row as JSON", e);
      }
    }
    return text.toString();
  }

  private static @Nullable Object plain(@Nullable Object cell) {
    return cell == null || cell instanceof Number || cell instanceof Boolean || cell instanceof List
        ? cell
        : cell.toString();
  }
}
