package io.gradus.ml.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Fisher's iris measurements (1936), as in R and scikit-learn: 150 flowers of three species. */
final class Iris {
  private Iris() {}

  static Points points() {
    return Points.of(
        lines().stream()
            .map(l -> Arrays.stream(l.split(",")).limit(4).mapToDouble(Double::parseDouble))
            .map(v -> v.toArray())
            .toArray(double[][]::new));
  }

  static int[] species() {
    return lines().stream().mapToInt(l -> Integer.parseInt(l.substring(l.length() - 1))).toArray();
  }

  /** The copy at UCI, which differs from Fisher's table in the flowers 35 and 38. */
  static Points uciPoints() {
    double[] values = points().values.clone();
    System.arraycopy(new double[] {4.9, 3.1, 1.5, 0.1}, 0, values, 34 * 4, 4);
    System.arraycopy(new double[] {4.9, 3.1, 1.5, 0.1}, 0, values, 37 * 4, 4);
    return new Points(values, 4);
  }

  private static List<String> lines() {
    try (InputStream in = Iris.class.getResourceAsStream("/clusters/iris.csv")) {
      if (in == null) {
        throw new IllegalStateException("iris.csv is missing");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
