package io.gradus.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One of our columns as the source has it: the name of its column, or {@code {expr: "…"}}, a
 * deterministic Spark SQL expression over the source's columns.
 *
 * @param text the column's name or the expression
 * @param expression whether {@code text} is an expression
 */
public record ColumnMapping(String text, boolean expression) {
  private static final String EXPR = "expr";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ColumnMapping of(JsonNode node) {
    if (node.isTextual() && !node.asText().isBlank()) {
      return new ColumnMapping(node.asText(), false);
    }
    if (node.isObject() && node.size() == 1 && node.path(EXPR).isTextual()) {
      return new ColumnMapping(node.get(EXPR).asText(), true);
    }
    throw new IllegalArgumentException(
        "cannot use '" + node + "'; give a column name or {expr: \"…\"}");
  }

  @JsonValue
  Object toYaml() {
    return expression ? Map.of(EXPR, text) : text;
  }
}
