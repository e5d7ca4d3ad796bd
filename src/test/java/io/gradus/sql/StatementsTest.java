package io.gradus.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Statements end at semicolons outside of text, names and comments. */
class StatementsTest {
  private final Statements statements = new Statements();

  @Test
  void aStatementMayRunOverLinesAndHoldSemicolonsInQuotesAndComments() {
    assertThat(statements.add("SELECT ';' AS a, -- not here;\n")).isEmpty();
    assertThat(statements.rest()).startsWith("SELECT");
    assertThat(statements.add("  1 AS \"b;\"; SELECT 'it''s';SELECT 3\n"))
        .containsExactly("SELECT ';' AS a, \n  1 AS \"b;\"", "SELECT 'it''s'");
    assertThat(statements.rest()).isEqualTo("SELECT 3");
    assertThat(statements.add(";;\n")).containsExactly("SELECT 3");
    assertThat(statements.add("-- the end\n")).isEmpty();
    assertThat(statements.rest()).isEmpty();
  }

  @Test
  void whatWasBegunCanBeForgotten() {
    statements.add("SELECT 'open");
    statements.clear();
    assertThat(statements.add("SELECT 1;")).containsExactly("SELECT 1");
  }
}
