package io.gradus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.cli.LogOptions.LogFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A line that a log collector can take apart. */
final class LogLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LogLine() {}

  /**
   * Time and level, then the fields.
   *
   * @param fields null values are left out of text and are null in JSON
   */
  static String of(
      LogFormat format, Instant at, String level, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("time", at.truncatedTo(ChronoUnit.MILLIS).toString());
    all.put("level", level);
    all.putAll(fields);
    return format == LogFormat.JSON ? json(all) : text(all);
  }

  private static String json(Map<String, @Nullable Object> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a log line as JSON", e);
    }
  }

  private static String text(Map<String, @Nullable Object> fields) {
    return fields.entrySet().stream()
        .filter(field -> field.getValue() != null)
        .map(field -> field.getKey() + "=" + quoted(String.valueOf(field.getValue())))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String value) {
    boolean plain = value.matches("[^\\s\"=]+");
    return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
