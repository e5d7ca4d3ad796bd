package io.gradus.sql;

import io.gradus.error.GradusException;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question that analysts ask, ready to run. Its SQL keeps to what Spark, DuckDB, PostgreSQL and
 * Trino have in common; parameters stand in it as {@code :name}.
 *
 * @param name what it is called on the command line
 * @param titleEn the question in English
 * @param titleZh the question in Chinese
 * @param answers what a row of the answer is
 * @param parameters in the order of the file
 * @param sql one SELECT
 */
public record Question(
    String name,
    String titleEn,
    String titleZh,
    String answers,
    List<Parameter> parameters,
    String sql) {
  private static final Pattern HEADER = Pattern.compile("-- (title|标题|answers|parameter): (.*)");
  private static final Pattern PARAMETER = Pattern.compile("(\\w+) (\\w+) (\\S+) \\((.*)\\)");

  public Question {
    parameters = List.copyOf(parameters);
  }

  /**
   * A value that a person may set.
   *
   * @param name as it stands in the SQL
   * @param type {@code text}, {@code integer}, {@code decimal} or {@code date}
   * @param fallback the value when none is set
   * @param meaning in a few words
   */
  public record Parameter(String name, String type, String fallback, String meaning) {
    Object parsed(String text) {
      try {
        return switch (type) {
          case "integer" -> Integer.valueOf(text);
          case "decimal" -> new BigDecimal(text);
          case "date" -> Date.valueOf(LocalDate.parse(text));
          default -> text;
        };
      } catch (NumberFormatException | DateTimeParseException e) {
        throw GradusException.usage("--set " + name + ": '" + text + "' is no " + type);
      }
    }
  }

  /** Reads a file of the pack: a header of comments, then the SQL. */
  static Question parse(String name, String text) {
    Map<String, String> header = new LinkedHashMap<>();
    List<Parameter> parameters = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher found = HEADER.matcher(line);
      if (!found.matches()) {
        sql.append(line).append('\n');
      } else if (found.group(1).equals("parameter")) {
        parameters.add(parameter(name, found.group(2)));
      } else {
        header.put(found.group(1), found.group(2));
      }
    }
    return new Question(
        name,
        header.getOrDefault("title", ""),
        header.getOrDefault("标题", ""),
        header.getOrDefault("answers", ""),
        parameters,
        sql.toString());
  }

  private static Parameter parameter(String question, String text) {
    Matcher found = PARAMETER.matcher(text);
    if (!found.matches()) {
      throw new IllegalStateException(question + " has a malformed parameter: " + text);
    }
    return new Parameter(found.group(1), found.group(2), found.group(3), found.group(4));
  }

  /**
   * The value of each parameter.
   *
   * @param set values by name, as typed; others take their default
   * @throws GradusException (usage) for an unknown name or a value of another type
   */
  public Map<String, Object> arguments(Map<String, String> set) {
    for (String key : set.keySet()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(key))) {
        throw GradusException.usage(
            "--set "
                + key
                + ": question "
                + name
                + " has the parameters "
                + parameters.stream().map(Parameter::name).toList());
      }
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String text = set.getOrDefault(parameter.name(), parameter.fallback());
      arguments.put(parameter.name(), parameter.parsed(text));
    }
    return arguments;
  }
}
