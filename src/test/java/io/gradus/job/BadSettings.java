package io.gradus.job;

import static io.gradus.job.BadInput.accepted;

import io.gradus.error.ExitCode;
import io.gradus.job.BadInput.Action;
import io.gradus.job.BadInput.Fate;
import io.gradus.lake.FaultyFileSystem;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.table.Ops;
import io.gradus.testing.Landing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/** Settings that are wrong or hostile, and places that cannot be used. */
final class BadSettings {
  private static final String CONFIGURATION = "Configuration";
  private static final String EXPRESSIONS = "Expressions";
  private static final String OPERATION = "Operation";
  private static final String MINIMAL =
      """
      sources:
        transactions:
          path: landing
          columns: {customer_id: customer, timestamp: sold_at, amount: price}
      """;

  private BadSettings() {}

  static List<BadInput> all() {
    List<BadInput> all = new ArrayList<>();
    line(all, "unknown key", "curency: EUR", "unknown key 'curency'; did you mean 'currency'?");
    line(all, "unknown key with a known value", "rfm: {mod: ruler}", "did you mean 'mode'?");
    line(all, "word that is none of the choices", "rfm: {mode: rulr}", "use one of quantile");
    line(all, "negative number of clusters", "clusters: {k: -2}", "'-2' is neither auto nor 2");
    line(all, "horizon of no day", "churn: {horizon_days: 0}", "'0' is neither auto nor 7");
    line(
        all, "share above 1", "gates: {max_quarantine_share: 5}", "is not a share between 0 and 1");
    line(all, "no such zone", "time_zone: Mars/Base", "unknown zone 'Mars/Base'");
    line(all, "no such date", "as_of: 2026-02-30", "cannot use '2026-02-30'");
    line(all, "the same key twice", "currency: EUR\ncurrency: GBP", "currency");
    line(all, "a YAML tag", "currency: !!java.net.URL [x]", "currency");
    line(all, "secret in a path", "lake: s3a://me:pw@bucket", "s3a://***@bucket carries a secret");
    configuration(
        all,
        "alias bomb",
        IntStream.range(1, 40)
            .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]")
            .collect(Collectors.joining("\n", "a0: &a0 [x, x]\n", "\n")),
        "night.yaml: ");
    configuration(all, "text that is no YAML", "lake: [", "night.yaml: ");
    configuration(all, "a list instead of keys", "- lake", "must be a mapping of keys");
    roots(all);
    expressions(all);
    operation(all);
    return all;
  }

  private static void line(List<BadInput> all, String input, String line, String result) {
    configuration(all, input, MINIMAL + line + "\n", result);
  }

  private static void configuration(List<BadInput> all, String input, String yaml, String result) {
    usage(
        all,
        CONFIGURATION,
        input,
        result,
        (spark, folder) ->
            accepted(
                io.gradus.config.YamlReader.read(
                        "night.yaml", yaml, Map.of(), io.gradus.config.Settings.class)
                    .lake()));
  }

  private static void usage(
      List<BadInput> all, String area, String input, String result, Action action) {
    all.add(new BadInput(area, input, Fate.REFUSED, ExitCode.USAGE, result, action));
  }

  private static void roots(List<BadInput> all) {
    Action escape =
        (spark, folder) -> {
          Landing landing = new Landing(folder);
          landing.write("a.parquet", BadFiles.good(spark, 2));
          Landing.save(BadFiles.good(spark, 2), folder.resolve("secret.parquet"));
          return read(spark, landing, folder + "/landing/../secret.parquet");
        };
    usage(
        all, CONFIGURATION, "../ out of the declared roots", "outside the declared roots", escape);
    Action absolute =
        (spark, folder) -> {
          Landing landing = new Landing(folder);
          landing.write("a.parquet", BadFiles.good(spark, 2));
          return read(spark, landing, "/etc/hostname");
        };
    usage(
        all,
        CONFIGURATION,
        "absolute path outside the declared roots",
        "outside the declared roots",
        absolute);
  }

  private static BadInput.Outcome read(SparkSession spark, Landing landing, String path) {
    return BadInput.read(
        spark,
        landing.settings(
            Map.of(
                "roots",
                "['" + landing.folder().resolve("landing") + "']",
                "sources.transactions.path",
                "'" + path + "'")));
  }

  private static void expressions(List<BadInput> all) {
    String row = "only deterministic functions";
    String clock = "words such as 'now' read the clock";
    Map<String, String> refused = new java.util.LinkedHashMap<>();
    refused.put("(SELECT 1)", "cannot use the expression");
    refused.put("price IN (SELECT 1)", "cannot use the expression");
    refused.put("reflect('java.lang.System', 'nanoTime')", "is not allowed");
    refused.put("java_method('java.lang.System', 'nanoTime')", "is not allowed");
    refused.put("try_reflect('java.lang.System', 'nanoTime')", "is not allowed");
    refused.put("rand() * price", row);
    refused.put("length(uuid())", row);
    refused.put("monotonically_increasing_id()", row);
    refused.put("spark_partition_id()", row);
    refused.put("datediff(current_date(), sold_at)", "is not allowed");
    refused.put("unix_timestamp(now())", "is not allowed");
    refused.put("unix_timestamp()", "is not allowed");
    refused.put("unix_timestamp(TIMESTAMP 'now')", clock);
    refused.put("datediff(CAST('today' AS DATE), sold_at)", clock);
    refused.put("length(current_user())", "is not allowed");
    refused.put("length(input_file_name())", "is not allowed");
    refused.put("sum(price)", "cannot use the expression");
    refused.put("explode(array(price))", "are not allowed");
    refused.put("row_number() OVER (ORDER BY price)", "cannot use the expression");
    refused.put("price; DROP TABLE x", "cannot use the expression");
    refused.forEach(
        (text, result) ->
            usage(
                all,
                EXPRESSIONS,
                text,
                result,
                (spark, folder) -> expression(spark, folder, text)));
    all.add(
        new BadInput(
            EXPRESSIONS,
            "round(price * 2, 1)",
            Fate.ACCEPTED,
            ExitCode.DONE,
            "mapped",
            (spark, folder) -> expression(spark, folder, "round(price * 2, 1)")));
  }

  private static BadInput.Outcome expression(SparkSession spark, Path folder, String text) {
    var source =
        new Landing(folder)
            .settings(
                Map.of(
                    "sources.transactions.columns.amount",
                    "{expr: \"" + text.replace("\"", "\\\"") + "\"}"))
            .sources()
            .transactions();
    var rows = BadFiles.good(spark, 1).selectExpr("*", "'f' AS source_file", "0L AS source_row");
    new io.gradus.ingest.SourceRows(source, "EUR", "UTC").map(rows);
    return accepted("mapped");
  }

  private static void operation(List<BadInput> all) {
    usage(
        all,
        OPERATION,
        "the lake is the source's folder",
        "overlap, so that a run would read what it writes",
        (spark, folder) -> {
          Landing landing = new Landing(folder);
          landing.write("a.parquet", BadFiles.good(spark, 2));
          return BadInput.read(
              spark, landing.settings(Map.of("lake", "'" + folder + "/x/../landing'")));
        });
    usage(
        all,
        OPERATION,
        "the source is a table of the lake",
        "overlap, so that a run would read what it writes",
        (spark, folder) ->
            BadInput.read(
                spark,
                new Landing(folder)
                    .settings(
                        Map.of(
                            "sources.transactions.path",
                            "'" + folder + "/lake/gold/customer_360'"))));
    storage(
        all,
        "a lake that cannot be written to",
        "Cannot write",
        (spark, folder) -> accepted(Lake.open(spark, "/proc/nowhere").root()));
    storage(
        all,
        "a disk that is full",
        "No space left on device",
        (spark, folder) -> {
          FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
          try (var full = FaultyFileSystem.failing(2)) {
            return accepted(Lake.open(spark, "faulty://" + folder + "/lake").root() + full);
          }
        });
    all.add(
        new BadInput(
            OPERATION,
            "another run holds the lake",
            Fate.REFUSED,
            ExitCode.LOCK,
            "is locked by nightly of",
            (spark, folder) -> {
              String lake = folder.resolve("lake").toString();
              try (RunLock held = lock(spark, lake)) {
                return accepted(lock(spark, lake).toString() + held);
              }
            }));
    storage(
        all,
        "a foreign table in the place of one of ours",
        "was not made by Gradus",
        (spark, folder) -> {
          spark.range(1).write().format("delta").save(folder + "/lake/ops/run");
          return prepare(spark, folder);
        });
    storage(
        all,
        "a table written by a newer program",
        "was written by a newer program",
        (spark, folder) -> {
          prepare(spark, folder);
          Path log = folder.resolve("lake/ops/run/_delta_log");
          Path checksum = log.resolve("00000000000000000000.crc");
          String text = Files.readString(checksum);
          Files.deleteIfExists(log.resolve(".00000000000000000000.crc.crc"));
          Files.writeString(
              checksum, text.replace("\"minReaderVersion\":1", "\"minReaderVersion\":9"));
          return prepare(spark, folder);
        });
  }

  private static void storage(List<BadInput> all, String input, String result, Action action) {
    all.add(new BadInput(OPERATION, input, Fate.REFUSED, ExitCode.STORAGE, result, action));
  }

  private static RunLock lock(SparkSession spark, String lake) {
    return RunLock.acquire(spark, lake, "nightly", InstantSource.system());
  }

  private static BadInput.Outcome prepare(SparkSession spark, Path folder) {
    String root = folder.resolve("lake").toString();
    Lake lake = Lake.open(spark, root);
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run-1", BadInput.TODAY);
      lake.prepare(run, List.of(Ops.RUN));
    }
    return accepted("prepared");
  }
}
