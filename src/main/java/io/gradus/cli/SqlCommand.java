package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.PublishedTables;
import io.gradus.job.SparkRuntime;
import io.gradus.sql.Question;
import io.gradus.sql.Questions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Questions to the published tables. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = {
      "Queries the published tables by name; every table shows published runs only.",
      "Without a query it opens a prompt, or reads statements from standard input.",
      "Example: jobs/gradus sql \"SELECT grade, count(*) FROM customer_360 GROUP BY grade\"",
      "Example: jobs/gradus sql --question leaving-customers --set min_probability=0.7"
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUERY",
      description = "One SELECT statement.")
  private @Nullable String query;

  @Option(
      names = "--question",
      paramLabel = "NAME",
      description = "Asks a ready question; --questions lists them.")
  private @Nullable String question;

  @Option(names = "--questions", description = "Lists the ready questions and their parameters.")
  private boolean questions;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Sets a parameter of the question; may be repeated.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Mixin private FormatOption output = new FormatOption();

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "Most rows that are shown (default: ${DEFAULT-VALUE}).")
  private int limit = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (questions) {
      spec.commandLine().getOut().print(SqlShell.listOf(Questions.all()));
      spec.commandLine().getOut().flush();
      return 0;
    }
    if (query != null && question != null) {
      throw GradusException.usage("give a query or --question, not both");
    }
    Question ready = question == null ? null : Questions.named(question);
    Map<String, Object> arguments = ready == null ? Map.of() : ready.arguments(values);
    if (ready == null && !values.isEmpty()) {
      throw GradusException.usage("--set needs --question");
    }
    try (SparkSession spark = SparkRuntime.start("gradus sql")) {
      PublishedTables tables = PublishedTables.open(spark, lake.path());
      SqlShell shell =
          new SqlShell(
              tables,
              spec.commandLine().getOut(),
              spec.commandLine().getErr(),
              output.format,
              limit);
      if (ready != null) {
        shell.ask(ready.sql(), arguments);
      } else if (query != null) {
        shell.ask(query, Map.of());
      } else {
        converse(shell, tables);
      }
      return 0;
    }
  }

  private static void converse(SqlShell shell, PublishedTables tables) throws IOException {
    if (System.console() != null) {
      SqlPrompt.run(shell, tables);
    } else {
      shell.script(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
