package io.gradus.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbers of one application as Spark's CSV sink and as the file for Prometheus have them. */
final class MetricSinks {
  private static final Pattern GAUGE =
      Pattern.compile("(.*)\\.driver\\.plugin\\.io\\.gradus\\.job\\.SinkMetrics\\.(.*)\\.csv");
  private static final Pattern SAMPLE =
      Pattern.compile("(\\w+)\\{command=\"nightly\"(?:,\\w+=\"([^\"]*)\")?} (\\S+)");

  private MetricSinks() {}

  /** By family, and after a dot what the label tells, as gauges are named. */
  static Map<String, Double> ofPrometheus(Path file) throws IOException {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        String label = sample.group(2) == null ? "" : "." + sample.group(2).replace(' ', '_');
        samples.put(sample.group(1) + label, Double.valueOf(sample.group(3)));
      }
    }
    return samples;
  }

  /** The last values that a folder of the CSV sink has of our gauges, by application. */
  static Map<String, Map<String, Double>> ofCsv(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.list(folder)) {
      files.addAll(found.toList());
    }
    Map<String, Map<String, Double>> applications = new TreeMap<>();
    for (Path file : files) {
      Matcher gauge = GAUGE.matcher(file.getFileName().toString());
      if (gauge.matches()) {
        List<String> lines = Files.readAllLines(file);
        String last = lines.get(lines.size() - 1);
        applications
            .computeIfAbsent(gauge.group(1), application -> new TreeMap<>())
            .put(gauge.group(2), Double.valueOf(last.substring(last.indexOf(',') + 1)));
      }
    }
    return applications;
  }
}
