package io.gradus.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars and heat maps: values over names. */
public final class Grid {
  private static final int TOP = 34;
  private static final int CELL_HEIGHT = 26;
  private static final int LETTER = 7;

  private Grid() {}

  /**
   * A horizontal bar per name.
   *
   * @param values one per name; negative ones count as 0
   * @param format of the value at the bar's end, such as {@code "%,.0f"}
   */
  public static Html bars(String title, List<String> names, double[] values, String format) {
    int left = 16 + LETTER * longest(names);
    int width = 430;
    Svg svg = new Svg(width, TOP + CELL_HEIGHT * names.size() + 8);
    svg.text(8, 20, "start", 14, "#222", title);
    double most = Double.MIN_NORMAL;
    for (double value : values) {
      most = Math.max(most, value);
    }
    for (int i = 0; i < names.size(); i++) {
      double y = TOP + (double) i * CELL_HEIGHT;
      double length = Math.max(0, values[i]) / most * (width - left - 90);
      String label = String.format(Locale.ROOT, format, values[i]);
      svg.text(left - 6, y + 17, "end", 12, "#333", names.get(i));
      svg.box(left, y + 4, length, CELL_HEIGHT - 8.0, Colours.series(0), label);
      svg.text(left + length + 5, y + 17, "start", 11, "#333", label);
    }
    return svg.html();
  }

  /**
   * Coloured cells from 0 (white) to the largest value.
   *
   * @param values row × column; NaN leaves a cell empty
   * @param format of the number in a cell, such as {@code "%.2f"}
   */
  public static Html heatMap(
      String title, List<String> rows, List<String> columns, double[][] values, String format) {
    return map(title, rows, columns, values, format, false);
  }

  /** Coloured cells about 0: orange below, blue above. */
  public static Html divergingMap(
      String title, List<String> rows, List<String> columns, double[][] values, String format) {
    return map(title, rows, columns, values, format, true);
  }

  private static Html map(
      String title,
      List<String> rows,
      List<String> columns,
      double[][] values,
      String format,
      boolean diverging) {
    int left = 16 + LETTER * longest(rows);
    List<String> labels = new ArrayList<>();
    double most = Double.MIN_NORMAL;
    for (double[] row : values) {
      for (double value : row) {
        most = Double.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
        labels.add(Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "");
      }
    }
    int cell = 12 + LETTER * Math.max(longest(labels), longest(columns));
    int width = Math.max(left + cell * columns.size() + 8, 24 + 8 * title.length());
    Svg svg = new Svg(width, TOP + CELL_HEIGHT * (rows.size() + 1) + 8);
    svg.text(8, 20, "start", 14, "#222", title);
    for (int c = 0; c < columns.size(); c++) {
      svg.text(left + (c + 0.5) * cell, TOP + 16.0, "middle", 11, "#444", columns.get(c));
    }
    for (int r = 0; r < rows.size(); r++) {
      double y = TOP + CELL_HEIGHT * (r + 1.0);
      svg.text(left - 6, y + 17, "end", 12, "#333", rows.get(r));
      for (int c = 0; c < columns.size(); c++) {
        double share = Double.isFinite(values[r][c]) ? values[r][c] / most : 0;
        String colour = diverging ? Colours.diverging(share) : Colours.rising(share);
        String label = labels.get(r * columns.size() + c);
        svg.box(
            left + (double) c * cell,
            y,
            cell - 1.0,
            CELL_HEIGHT - 1.0,
            colour,
            rows.get(r) + ", " + columns.get(c) + ": " + label);
        String ink = Math.abs(share) > 0.55 ? "#fff" : "#333";
        svg.text(left + (c + 0.5) * cell, y + 17, "middle", 11, ink, label);
      }
    }
    return svg.html();
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }
}
