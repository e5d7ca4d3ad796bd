package io.gradus.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.export.Destination;
import io.gradus.export.Transfer;
import io.gradus.export.Transfers;
import io.gradus.job.ExportJob;
import io.gradus.job.PublishedTables;
import io.gradus.report.TextTable;
import io.gradus.testing.KnownLake;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every question against the known lake: the answers in {@code known/answers.txt} were worked out
 * from its figures by hand. DuckDB answers the same from an export.
 */
@ExtendWith(SparkExtension.class)
class QuestionsTest {
  @TempDir static Path folder;
  private static PublishedTables tables;

  @BeforeAll
  static void openLake(SparkSession spark) throws IOException {
    tables = PublishedTables.open(spark, KnownLake.folder(spark).toString());
  }

  @Test
  void theAnswersAreThoseWorkedOutByHand() throws IOException {
    Map<String, String> expected = answers();
    Map<String, String> found = new TreeMap<>();
    for (Question question : Questions.all()) {
      var result = tables.query(question.sql(), question.arguments(Map.of()), 100);
      found.put(question.name(), TextTable.of(result, TextTable.Format.CSV).replace("\r", ""));
    }
    assertThat(found).hasSizeGreaterThanOrEqualTo(24).isEqualTo(expected);
  }

  @Test
  void anotherEngineGivesTheSameAnswers(SparkSession spark) throws SQLException, IOException {
    Destination file = new Destination("jdbc:duckdb:" + folder + "/known.duckdb", null, null);
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    try (Transfer transfer = Transfers.database(file, folder)) {
      new ExportJob(spark, clock).run(KnownLake.folder(spark).toString(), transfer, List.of());
    }
    try (Connection duckDb = DriverManager.getConnection(file.url())) {
      for (Question question : Questions.all()) {
        var spoken = tables.query(question.sql(), question.arguments(Map.of()), 100);
        assertThat(rows(duckDb, withLiterals(question)))
            .as(question.name())
            .isEqualTo(spoken.rows().stream().map(QuestionsTest::plain).toList());
      }
    }
  }

  @Test
  void parametersAreTypedAndChecked() {
    Question leaving = Questions.named("leaving-customers");

    var fewer = tables.query(leaving.sql(), leaving.arguments(Map.of("min_probability", "0.7")), 9);
    assertThat(fewer.rows()).extracting(row -> row.get(0)).containsExactly("c1");
    var past = Questions.named("grade-on-date");
    Map<String, String> then = Map.of("customer", "c_", "day", "2025-12-30");
    assertThat(tables.query(past.sql(), past.arguments(then), 9).rows())
        .extracting(row -> row.get(0) + " " + row.get(2))
        .containsExactly("c1 A", "c2 B", "c3 A", "c4 A", "c8 C");
    var share = Questions.named("top-share-trend");
    assertThat(tables.query(share.sql(), share.arguments(Map.of("top", "2")), 9).rows())
        .extracting(row -> String.valueOf(row.get(3)))
        .containsExactly("0.8500", "0.6207", "0.6000");
    // A value stays a value, whatever is typed.
    var odd = past.arguments(Map.of("customer", "' OR 1 = 1 --"));
    assertThat(tables.query(past.sql(), odd, 9).rows()).isEmpty();

    assertThatThrownBy(() -> leaving.arguments(Map.of("min_probability", "much")))
        .hasMessageContaining("'much' is no decimal");
    assertThatThrownBy(() -> leaving.arguments(Map.of("owner", "Ana")))
        .hasMessageContaining("[grade, min_probability]");
    assertThatThrownBy(() -> Questions.named("meaning-of-life"))
        .hasMessageContaining("--questions lists them");
  }

  @Test
  void everyFileIsListedAndSaysWhatItAnswersInBothLanguages() throws IOException {
    Path pack = Path.of("src", "main", "resources", "io", "gradus", "sql", "questions");
    try (var files = Files.list(pack)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".sql")))
          .containsExactlyInAnyOrderElementsOf(
              Questions.all().stream().map(q -> q.name() + ".sql").toList());
    }
    for (Question question : Questions.all()) {
      assertThat(question.titleEn()).as(question.name()).isNotBlank();
      assertThat(question.titleZh()).as(question.name()).matches(".*\\p{IsHan}.*");
      assertThat(question.answers()).as(question.name()).endsWith(".");
    }
  }

  /** Sections of the file: {@code ## name}, then the answer as CSV. */
  private static Map<String, String> answers() throws IOException {
    Map<String, String> answers = new TreeMap<>();
    String text = Files.readString(Path.of("src", "test", "resources", "known", "answers.txt"));
    for (String section : text.split("(?m)^## ")) {
      if (!section.isBlank()) {
        String[] parts = section.split("\n", 2);
        answers.put(parts[0], parts[1]);
      }
    }
    return answers;
  }

  private static String withLiterals(Question question) {
    String sql = question.sql();
    for (var argument : question.arguments(Map.of()).entrySet()) {
      Object value = argument.getValue();
      String literal = value instanceof Number ? value.toString() : "'" + value + "'";
      sql =
          sql.replace(":" + argument.getKey(), value instanceof Date ? "DATE " + literal : literal);
    }
    return sql;
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet found = connection.createStatement().executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(found.getObject(i));
        }
        rows.add(plain(row));
      }
    }
    return rows;
  }

  private static List<String> plain(List<?> row) {
    return row.stream()
        .map(
            cell ->
                cell instanceof Number number
                    ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                    : String.valueOf(cell))
        .toList();
  }
}
