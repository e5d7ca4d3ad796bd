package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.PublishedTables;
import io.gradus.report.TextTable;
import io.gradus.report.TextTable.Format;
import io.gradus.report.TextTable.Result;
import io.gradus.sql.Question;
import io.gradus.sql.Questions;
import io.gradus.sql.Statements;
import io.gradus.table.TableSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes lines of SQL and commands that start with a dot, and prints what they answer. */
final class SqlShell {
  static final List<String> COMMANDS =
      List.of(".tables", ".schema", ".questions", ".ask", ".help", ".quit");
  private static final String HELP =
      """
      End a statement with ;      it may run over several lines
      .tables                     the published tables
      .schema TABLE               the columns of a table with their meaning
      .questions                  the ready questions
      .ask NAME [name=value ...]  asks a ready question
      .quit                       leaves, as Ctrl-D does
      """;

  private final PublishedTables tables;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Format format;
  private final int limit;
  private final Statements statements = new Statements();

  SqlShell(PublishedTables tables, PrintWriter out, PrintWriter err, Format format, int limit) {
    this.tables = tables;
    this.out = out;
    this.err = err;
    this.format = format;
    this.limit = limit;
  }

  /** Answers one query. */
  void ask(String sql, Map<String, Object> arguments) {
    Result rows = tables.query(sql, arguments, limit + 1);
    print(TextTable.of(rows.limited(limit), format));
    if (rows.size() > limit) {
      err.println("gradus: more than " + limit + " rows; raise --limit");
      err.flush();
    }
  }

  /**
   * Answers the statements of a text; the last one needs no semicolon.
   *
   * @throws GradusException at the first one that fails
   */
  void script(String text) {
    for (String line : text.lines().toList()) {
      if (!line(line)) {
        return;
      }
    }
    if (unfinished()) {
      String last = statements.rest();
      statements.clear();
      ask(last, Map.of());
    }
  }

  /**
   * Takes one line as it is typed.
   *
   * @return whether more lines are wanted
   * @throws GradusException for a statement or command that fails; what was begun is forgotten
   */
  boolean line(String line) {
    try {
      if (!unfinished() && line.strip().startsWith(".")) {
        return command(List.of(line.strip().split("\\s+")));
      }
      for (String sql : statements.add(line + "\n")) {
        ask(sql, Map.of());
      }
      return true;
    } catch (GradusException e) {
      statements.clear();
      throw e;
    }
  }

  /** Whether a statement is begun and not ended. */
  boolean unfinished() {
    return !statements.rest().isEmpty();
  }

  /** Forgets a statement that is begun. */
  void cancel() {
    statements.clear();
  }

  private boolean command(List<String> words) {
    switch (words.get(0)) {
      case ".quit", ".exit" -> {
        return false;
      }
      case ".tables" -> print(TextTable.of(tableList(), format));
      case ".schema" -> print(TextTable.of(schema(words), format));
      case ".questions" -> print(listOf(Questions.all()));
      case ".ask" -> ready(words);
      case ".help" -> print(HELP);
      default -> throw GradusException.usage("there is no " + words.get(0) + "; .help lists all");
    }
    return true;
  }

  private Result tableList() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    tables.tables().forEach(t -> rows.add(List.of(t.name(), t.layer(), t.comment())));
    return new Result(List.of("table", "layer", "meaning"), rows);
  }

  private Result schema(List<String> words) {
    String name = words.size() < 2 ? "" : words.get(1).toLowerCase(Locale.ROOT);
    TableSpec table =
        tables.tables().stream()
            .filter(t -> t.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> GradusException.usage("there is no table '" + name + "'; .tables lists all"));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    table
        .columns()
        .forEach(
            c ->
                rows.add(
                    List.of(
                        c.name(),
                        c.type().simpleString(),
                        c.nullable() ? "yes" : "no",
                        c.comment())));
    return new Result(List.of("column", "type", "null", "meaning"), rows);
  }

  private void ready(List<String> words) {
    Question question = Questions.named(words.size() < 2 ? "" : words.get(1));
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words.subList(2, words.size())) {
      String[] parts = word.split("=", 2);
      if (parts.length < 2) {
        throw GradusException.usage("'" + word + "' is no name=value");
      }
      values.put(parts[0], parts[1]);
    }
    ask(question.sql(), question.arguments(values));
  }

  /** The questions with their parameters, one paragraph each. */
  static String listOf(List<Question> questions) {
    StringBuilder text = new StringBuilder();
    for (Question question : questions) {
      text.append(question.name()).append('\n');
      text.append("    ").append(question.titleEn()).append("  ").append(question.titleZh());
      text.append("\n    ").append(question.answers()).append('\n');
      question
          .parameters()
          .forEach(
              p ->
                  text.append(
                      "    --set %s=%s  (%s)%n".formatted(p.name(), p.fallback(), p.meaning())));
    }
    return text.toString();
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }
}
