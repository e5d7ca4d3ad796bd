package io.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.GradusException;
import io.gradus.job.PublishedTables;
import io.gradus.report.TextTable.Format;
import io.gradus.testing.KnownLake;
import io.gradus.testing.SparkExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is typed at the prompt or piped into it. */
@ExtendWith(SparkExtension.class)
class SqlShellTest {
  private static PublishedTables tables;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final SqlShell shell =
      new SqlShell(tables, new PrintWriter(out), new PrintWriter(err), Format.CSV, 3);

  @BeforeAll
  static void open(SparkSession spark) throws IOException {
    tables = PublishedTables.open(spark, KnownLake.folder(spark).toString());
  }

  @Test
  void aScriptRunsUntilTheFirstStatementThatFails() {
    shell.script("SELECT count(*) AS n\nFROM customer_360; -- eight\nSELECT 'a;b' AS t");
    assertThat(out.toString()).isEqualTo("n\r\n8\r\nt\r\na;b\r\n");

    assertThatThrownBy(() -> shell.script("SELECT 1 AS one; SELECT nothing; SELECT 2 AS two"))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("nothing");
    assertThat(out.toString()).contains("one").doesNotContain("two");
    assertThatThrownBy(() -> shell.script("SELECT 1 / CAST(provisional AS INT) FROM customer_360"))
        .as("failures while rows are computed")
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("DIVIDE_BY_ZERO");
  }

  @Test
  void commandsTellTablesColumnsAndQuestions() {
    shell.script(".tables\n.schema KEY_ACCOUNT\n.questions\n.quit\nSELECT 1 AS never");
    assertThat(out.toString())
        .contains("customer_360,gold,Every graded customer")
        .contains("gate_value,double,yes,The account's value")
        .contains("--set min_probability=0.5  (least churn probability)")
        .doesNotContain("never");

    shell.line(".ask leaving-customers min_probability=0.7");
    assertThat(out.toString()).contains("c1,Acme,Ana,0.8000,400.00").doesNotContain("c3,Cora");
    shell.line("SELECT customer_id FROM customer_360 ORDER BY 1;");
    assertThat(err.toString()).contains("more than 3 rows");
    assertThatThrownBy(() -> shell.line(".schema nowhere")).hasMessageContaining("'nowhere'");
    assertThatThrownBy(() -> shell.line(".what")).hasMessageContaining(".help");
  }

  @Test
  void anErrorDoesNotEndThePromptAndNamesAreCompleted() throws IOException {
    String typed = "SELECT nowhere;\nSELECT max(grade)\nAS worst FROM customer_360;\n";
    var screen = new ByteArrayOutputStream();
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .dumb(true)
            .type(Terminal.TYPE_DUMB)
            .streams(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), screen)
            .build()) {
      LineReader reader = SqlPrompt.reader(terminal, tables);
      reader.setVariable(LineReader.HISTORY_FILE, null);
      SqlPrompt.talk(shell, reader);

      assertThat(out.toString()).isEqualTo("worst\r\nD\r\n");
      assertThat(screen.toString(StandardCharsets.UTF_8)).contains("gradus: ").contains("nowhere");
      List<Candidate> candidates = new ArrayList<>();
      ((LineReaderImpl) reader)
          .getCompleter()
          .complete(reader, reader.getParser().parse("cust", 4), candidates);
      assertThat(candidates)
          .extracting(Candidate::value)
          .contains("customer_360", "customer_snapshot", "churn_band", ".tables", "SELECT");
    }
  }
}
