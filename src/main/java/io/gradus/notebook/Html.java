package io.gradus.notebook;

import io.gradus.ml.RecordRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A piece of a page. A Java kernel shows the last value of a cell by its text, which here is HTML.
 *
 * @param html the markup
 */
public record Html(String html) {
  private static final int ROWS = 20;

  /** The first 20 rows. */
  public static Html table(Dataset<Row> rows) {
    return table(rows, ROWS);
  }

  /** The first rows, which the driver collects. */
  public static Html table(Dataset<Row> rows, int most) {
    List<Row> first = rows.limit(most + 1).collectAsList();
    List<List<String>> cells = new ArrayList<>();
    for (Row row : first.subList(0, Math.min(most, first.size()))) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        line.add(text(row.get(i)));
      }
      cells.add(line);
    }
    return table(Arrays.asList(rows.columns()), cells, first.size() > most);
  }

  /** Records as a table, a column for each component. */
  public static <R extends Record> Html table(List<R> records, Class<R> type) {
    SparkSession spark = SparkSession.active();
    return table(RecordRows.of(spark, records, type), Math.max(1, records.size()));
  }

  /** Several pieces side by side, as far as the page is wide. */
  public static Html row(Html... parts) {
    StringBuilder html = new StringBuilder("<div style=\"display:flex;flex-wrap:wrap;gap:12px\">");
    for (Html part : parts) {
      html.append("<div>").append(part.html()).append("</div>");
    }
    return new Html(html.append("</div>").toString());
  }

  /** A block of text with its line breaks, such as a settings file. */
  public static Html text(String text) {
    return new Html(
        "<pre style=\"background:#f6f8fa;padding:8px;white-space:pre-wrap\">"
            + escape(text)
            + "</pre>");
  }

  @Override
  public String toString() {
    return html;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static Html table(List<String> header, List<List<String>> rows, boolean more) {
    StringBuilder html =
        new StringBuilder("<table style=\"font-size:12px;border-collapse:collapse\"><thead><tr>");
    header.forEach(
        name -> html.append("<th style=\"text-align:left\">").append(escape(name)).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (String cell : row) {
        boolean number = cell.matches("-?[\\d,]+(\\.\\d+)?");
        html.append(number ? "<td style=\"text-align:right\">" : "<td style=\"text-align:left\">")
            .append(escape(cell))
            .append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    return new Html(more ? html + "<p style=\"font-size:12px\">… more rows</p>" : html.toString());
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Double number) {
      double size = Math.abs(number);
      String format = size >= 1000 ? "%,.0f" : size >= 1 || size == 0 ? "%.2f" : "%.4f";
      return String.format(Locale.ROOT, format, number);
    }
    if (value instanceof BigDecimal money) {
      return String.format(Locale.ROOT, "%,.2f", money);
    }
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    if (value instanceof scala.collection.Seq<?> list) {
      return String.join(
          ", ", CollectionConverters.asJava(list).stream().map(Objects::toString).toList());
    }
    return value == null ? "" : value.toString();
  }
}
