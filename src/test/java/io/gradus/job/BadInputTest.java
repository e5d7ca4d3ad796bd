package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.job.BadInput.Outcome;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of bad input has one stated end: which rows are kept, what is said, how the run ends.
 */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final Path PAGE = Path.of("src", "site", "markdown", "bad-input.md");

  @TempDir static Path root;

  private static List<BadInput> corpus() {
    return Stream.of(BadFiles.all(), BadRows.all(), BadShapes.all(), BadSettings.all())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyInputEndsAsStated(SparkSession spark) {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, Path> shared = new LinkedHashMap<>();
    for (BadInput input : corpus()) {
      String name = input.area() + ": " + input.input();
      Path folder = root.resolve("case-" + tests.size());
      tests.add(DynamicTest.dynamicTest(name, () -> check(input, spark, folder)));
      assertThat(shared.put(name, folder)).as("one case of the name %s", name).isNull();
    }
    return tests.stream();
  }

  private static void check(BadInput input, SparkSession spark, Path folder) throws Exception {
    Files.createDirectories(folder);
    Outcome outcome = input.outcome(spark, folder);
    assertThat(outcome.text()).contains(input.result());
    assertThat(outcome.fate()).isEqualTo(input.expected());
    assertThat(outcome.exitCode()).isEqualTo(input.exitCode());
    assertThat(outcome.text().lines()).as("a message is one line").hasSizeLessThan(2);
  }

  /** Run with -Dgradus.write-pages=true to write the page anew. */
  @Test
  void thePageListsEveryCaseWithItsResult() throws IOException {
    String page = page();
    if (Boolean.getBoolean("gradus.write-pages")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    Map<String, List<BadInput>> areas = new LinkedHashMap<>();
    corpus().forEach(c -> areas.computeIfAbsent(c.area(), area -> new ArrayList<>()).add(c));
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Bad input

        What becomes of input that is wrong or odd. Each line is a test case that makes the input and meets it; this page is written from
        them and a test fails when it is stale.

        *Accepted*: the rows count. *Quarantined*: the row is kept in `silver.quarantine` with the reason named, the run goes on unless the gates
        `max_quarantine_share` or `max_duplicate_share` close. *Duplicate*: a further copy, counted once. *Erased*: left out because the customer was
        erased. *Refused*: the run ends with the exit code, readers see what they saw before; the message contains the words quoted.
        """);
    areas.forEach(
        (area, cases) -> {
          page.append("\n## ").append(area).append("\n\n");
          page.append("| input | becomes | exit | result |\n|---|---|---|---|\n");
          for (BadInput c : cases) {
            page.append("| ")
                .append(area.equals("Expressions") ? code(c.input()) : c.input())
                .append(" | ")
                .append(c.expected().words())
                .append(" | ")
                .append(c.exitCode().code())
                .append(" | ")
                .append(code(c.result()))
                .append(" |\n");
          }
        });
    return page.toString();
  }

  private static String code(String text) {
    String shown = text.length() > 120 ? text.substring(0, 20) + "…" : text;
    return "`" + shown.strip().replace("|", "\\|") + "`";
  }
}
