package io.gradus.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The text files that the report is made of. */
final class PageResources {
  /** The full build of Apache ECharts, from its WebJar. */
  private static final String ECHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

  private PageResources() {}

  /** A resource beside this class. */
  static String text(String name) {
    try (InputStream text = PageResources.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** The chart library without the reference to its source map. */
  static String charts() {
    return text(ECHARTS).replaceAll("\\R//# sourceMappingURL=\\S*\\s*$", "\n");
  }
}
