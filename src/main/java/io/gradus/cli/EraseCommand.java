package io.gradus.cli;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.job.EraseJob;
import io.gradus.job.SparkRuntime;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One customer's right to be forgotten. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erases a customer from every table, keeps it out of later nights, and prints a receipt:",
      "rows deleted, and a scan of every byte below the lake. Roll-backs to earlier runs end.",
      "Exit code 4: rows are deleted, but the scan still finds the id; the receipt says where.",
      "Sources, exports and backups are the owner's to erase."
    })
final class EraseCommand implements Callable<Integer> {
  @Option(names = "--lake", paramLabel = "DIR", description = "Folder or URI of the lake.")
  private @Nullable String lake;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; names the lake, and the key where customers are pseudonymised.")
  private @Nullable Path config;

  @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The id as the sources have it.")
  private String customer = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (lake == null && config == null) {
      throw GradusException.usage("erase needs --lake or --config: it cannot be taken back");
    }
    Settings settings =
        config == null
            ? null
            : YamlReader.read(
                config.toString(), ConfigOptions.text(config), Map.of(), Settings.class);
    String root = lake != null ? lake : Objects.requireNonNull(settings).lake();
    Optional<String> key = settings == null ? Optional.empty() : settings.privacy().keyFile();
    try (SparkSession spark = SparkRuntime.start("gradus erase")) {
      var receipt = new EraseJob(spark, InstantSource.system()).run(root, customer, key);
      receipt.lines().forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return receipt.complete() ? ExitCode.DONE.code() : ExitCode.GATE.code();
    }
  }
}
