package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.PublishedTables;
import io.gradus.sql.Question;
import io.gradus.sql.Questions;
import io.gradus.table.TableSpec.ColumnSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The prompt on a terminal: editing, history in the home folder, completion of names. */
final class SqlPrompt {
  private static final String FIRST = "gradus> ";
  private static final String MORE = "     -> ";
  private static final List<String> KEYWORDS =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "JOIN",
          "ON",
          "AND",
          "OR",
          "NOT",
          "IN",
          "BETWEEN",
          "LIKE",
          "IS NULL",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "AS",
          "DISTINCT",
          "count(*)",
          "sum(",
          "avg(",
          "min(",
          "max(");

  private SqlPrompt() {}

  /** Talks until the end of input. An error is printed and the prompt goes on. */
  static void run(SqlShell shell, PublishedTables tables) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      terminal.writer().println("Published tables: .tables   ready questions: .questions   .help");
      talk(shell, reader(terminal, tables));
    }
  }

  static LineReader reader(Terminal terminal, PublishedTables tables) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("gradus")
        .completer(new StringsCompleter(words(tables)))
        .variable(
            LineReader.HISTORY_FILE,
            Path.of(System.getProperty("user.home"), ".gradus_sql_history"))
        // != and ! are SQL, not references to the history.
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.CASE_INSENSITIVE, true)
        .build();
  }

  static void talk(SqlShell shell, LineReader reader) {
    boolean more = true;
    while (more) {
      try {
        more = shell.line(reader.readLine(shell.unfinished() ? MORE : FIRST));
      } catch (GradusException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("[\\p{Cntrl}&&[^\n]]", " ");
        reader.getTerminal().writer().println("gradus: " + message);
      } catch (UserInterruptException e) {
        shell.cancel();
      } catch (EndOfFileException e) {
        more = false;
      }
      reader.getTerminal().flush();
    }
  }

  private static Set<String> words(PublishedTables tables) {
    Set<String> words = new TreeSet<>(KEYWORDS);
    words.addAll(SqlShell.COMMANDS);
    Questions.all().stream().map(Question::name).forEach(words::add);
    tables
        .tables()
        .forEach(
            table -> {
              words.add(table.name());
              table.columns().stream().map(ColumnSpec::name).forEach(words::add);
            });
    return words;
  }
}
