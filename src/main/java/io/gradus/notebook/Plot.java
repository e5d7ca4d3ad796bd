package io.gradus.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines and points over two axes. A cell that ends with a plot shows it:
 *
 * <pre>{@code
 * new Plot("Silhouette", "clusters", "mean silhouette").line("k-means", k, silhouette)
 * }</pre>
 */
public final class Plot {
  private static final int HEIGHT = 340;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int LEGEND_ROW = 18;

  private final String title;
  private final String xLabel;
  private final String yLabel;
  private final List<Series> series = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private int width = 430;
  private boolean fromZero;

  private enum Style {
    LINE,
    DASHED,
    POINTS
  }

  private record Series(String name, double[] x, double[] y, Style style) {}

  private record Mark(double x, String label) {}

  /** An empty plot. */
  public Plot(String title, String xLabel, String yLabel) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
  }

  /** A line through points in the given order, each point marked while there are few. */
  public Plot line(String name, double[] x, double[] y) {
    return add(name, x, y, Style.LINE);
  }

  /** A dashed line: a reference to compare with. */
  public Plot reference(String name, double[] x, double[] y) {
    return add(name, x, y, Style.DASHED);
  }

  /** Single points. */
  public Plot points(String name, double[] x, double[] y) {
    return add(name, x, y, Style.POINTS);
  }

  /** A vertical line with a label. */
  public Plot mark(double x, String label) {
    marks.add(new Mark(x, label));
    return this;
  }

  /** Starts the vertical axis at zero. */
  public Plot fromZero() {
    fromZero = true;
    return this;
  }

  /** The width in pixels; 430 unless set. */
  public Plot wide(int pixels) {
    width = pixels;
    return this;
  }

  /** The plot as markup, to be put beside others by {@link Html#row}. */
  public Html html() {
    int rows = legendRows();
    Svg svg = new Svg(width, HEIGHT + rows * LEGEND_ROW);
    Axis x = axis(true);
    Axis y = axis(false);
    frame(svg, x, y);
    for (Mark mark : marks) {
      svg.line(x.at(mark.x()), y.to(), x.at(mark.x()), y.from(), "#999");
      svg.text(x.at(mark.x()) + 4, y.to() + 11, "start", 11, "#666", mark.label());
    }
    for (int i = 0; i < series.size(); i++) {
      draw(svg, series.get(i), Colours.series(i), x, y);
    }
    legend(svg);
    return svg.html();
  }

  @Override
  public String toString() {
    return html().html();
  }

  private Plot add(String name, double[] x, double[] y, Style style) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "series " + name + " has " + x.length + " x and " + y.length + " y values");
    }
    series.add(new Series(name, x.clone(), y.clone(), style));
    return this;
  }

  private Axis axis(boolean horizontal) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series s : series) {
      for (double value : horizontal ? s.x() : s.y()) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (horizontal) {
      return Axis.over(low, high, LEFT, width - RIGHT);
    }
    return Axis.over(fromZero ? Math.min(0, low) : low, high, HEIGHT - BOTTOM, TOP);
  }

  private void frame(Svg svg, Axis x, Axis y) {
    svg.text(LEFT, 20, "start", 14, "#222", title);
    for (double tick : y.ticks()) {
      svg.line(LEFT, y.at(tick), width - RIGHT, y.at(tick), "#e5e5e5");
      svg.text(LEFT - 6, y.at(tick) + 4, "end", 11, "#444", Axis.label(tick));
    }
    for (double tick : x.ticks()) {
      svg.line(x.at(tick), HEIGHT - BOTTOM, x.at(tick), HEIGHT - BOTTOM + 4, "#999");
      svg.text(x.at(tick), HEIGHT - BOTTOM + 17, "middle", 11, "#444", Axis.label(tick));
    }
    svg.line(LEFT, HEIGHT - BOTTOM, width - RIGHT, HEIGHT - BOTTOM, "#999");
    svg.text((LEFT + width - RIGHT) / 2.0, HEIGHT - 10, "middle", 12, "#444", xLabel);
    svg.upright(14, (TOP + HEIGHT - BOTTOM) / 2.0, 12, yLabel);
  }

  private static void draw(Svg svg, Series s, String colour, Axis x, Axis y) {
    StringBuilder path = new StringBuilder();
    boolean points = s.style() == Style.POINTS;
    boolean few = s.style() == Style.LINE && s.x().length <= 40;
    for (int i = 0; i < s.x().length; i++) {
      double px = x.at(s.x()[i]);
      double py = y.at(s.y()[i]);
      if (Double.isFinite(px) && Double.isFinite(py)) {
        path.append(String.format(Locale.ROOT, "%.1f,%.1f ", px, py));
        if (points || few) {
          String hover = s.name() + ": " + Axis.label(s.x()[i]) + ", " + Axis.label(s.y()[i]);
          svg.dot(px, py, points ? 2.2 : 3, colour, points ? 0.45 : 1, hover);
        }
      }
    }
    if (!points) {
      svg.path(path.toString().strip(), colour, s.style() == Style.DASHED);
    }
  }

  private int perRow() {
    int longest = series.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    return Math.max(1, (width - LEFT) / (30 + 7 * longest));
  }

  private int legendRows() {
    return series.size() < 2 ? 0 : (series.size() + perRow() - 1) / perRow();
  }

  private void legend(Svg svg) {
    if (series.size() < 2) {
      return;
    }
    double step = (double) (width - LEFT) / perRow();
    for (int i = 0; i < series.size(); i++) {
      double x = LEFT + i % perRow() * step;
      double y = HEIGHT + (double) (i / perRow()) * LEGEND_ROW;
      svg.box(x, y, 12, 10, Colours.series(i), series.get(i).name());
      svg.text(x + 17, y + 9, "start", 11, "#333", series.get(i).name());
    }
  }
}
