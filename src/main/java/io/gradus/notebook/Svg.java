package io.gradus.notebook;

import java.util.Locale;

/** Writes the few SVG elements that plots are made of; coordinates in pixels. */
final class Svg {
  private final StringBuilder out = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, colour);
  }

  void path(String points, String colour, boolean dashed) {
    add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'%s/>",
        points, colour, dashed ? " stroke-dasharray='6 4'" : "");
  }

  void dot(double x, double y, double radius, String colour, double opacity, String hover) {
    add(
        "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s'"
            + " fill-opacity='%.2f'><title>%s</title></circle>",
        x, y, radius, colour, opacity, Html.escape(hover));
  }

  void box(double x, double y, double w, double h, String colour, String hover) {
    add(
        "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'><title>%s</title></rect>",
        x, y, w, h, colour, Html.escape(hover));
  }

  /**
   * Text.
   *
   * @param anchor start, middle or end: which part of the text lies at x
   */
  void text(double x, double y, String anchor, int size, String colour, String text) {
    add(
        "<text x='%.1f' y='%.1f' text-anchor='%s' font-size='%d' fill='%s'>%s</text>",
        x, y, anchor, size, colour, Html.escape(text));
  }

  /** Text that reads upwards. */
  void upright(double x, double y, int size, String text) {
    add(
        "<text transform='translate(%.1f,%.1f) rotate(-90)' text-anchor='middle' font-size='%d'"
            + " fill='#444'>%s</text>",
        x, y, size, Html.escape(text));
  }

  Html html() {
    return new Html(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
                + " font-family='sans-serif' style='background:#fff'>%s</svg>",
            width,
            height,
            width,
            height,
            out));
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
