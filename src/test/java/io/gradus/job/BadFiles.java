package io.gradus.job;

import static io.gradus.job.BadInput.accepted;

import io.gradus.error.ExitCode;
import io.gradus.job.BadInput.Action;
import io.gradus.job.BadInput.Fate;
import io.gradus.lake.InputFiles;
import io.gradus.testing.Landing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files that are broken, odd or of another shape than the mapping wants. */
final class BadFiles {
  private static final String FILES = "Files";
  private static final String SCHEMA = "Schema";
  private static final String TIME = "Time";
  private static final String MONEY = "Money";
  private static final String IDS = "Ids";
  private static final String[] GOOD = {
    "concat('c', id) AS customer",
    "timestampadd(HOUR, CAST(id % 200 AS INT), TIMESTAMP'2026-03-01 10:00:00') AS sold_at",
    "CAST(id + 1 AS DECIMAL(18,2)) AS price"
  };
  private static final Map<String, String> LENIENT =
      Map.of("gates", "{max_quarantine_share: 1, warn_quarantine_share: 1}");

  private BadFiles() {}

  static List<BadInput> all() {
    return List.of(
        refused("file without a byte", "has no bytes", bytes(good -> new byte[0])),
        refused("garbage in the footer", "cannot be read", bytes(BadFiles::garbled)),
        refused(
            "file cut off half-way",
            "is cut off: it has no Parquet footer",
            bytes(good -> Arrays.copyOf(good, good.length / 2))),
        refused("flipped byte in a page", "Deliver the file again", bytes(BadFiles::flipped)),
        refused(
            "CSV text named .parquet",
            "is not a Parquet file",
            bytes(good -> "customer,price\nc1,2\nc2,3\n".getBytes(StandardCharsets.UTF_8))),
        refused("encrypted footer", "has an encrypted footer", bytes(BadFiles::encrypted)),
        refused(
            "empty folder",
            "holds no data files (0 hidden)",
            (spark, folder) -> {
              new Landing(folder).file("");
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }),
        refused(
            "empty folder with allow_empty: nobody to grade",
            "has no file to read",
            (spark, folder) -> {
              new Landing(folder).file("");
              return BadInput.read(
                  spark,
                  new Landing(folder).settings(Map.of("sources.transactions.allow_empty", "true")));
            }),
        refused(
            "file without a row",
            "none of 0 rows was accepted",
            (spark, folder) -> read(spark, folder, good(spark, 0))),
        refused(
            "path that does not exist",
            "does not exist",
            (spark, folder) -> BadInput.read(spark, new Landing(folder).settings(Map.of()))),
        refused(
            "only hidden files",
            "holds no data files (2 hidden)",
            (spark, folder) -> {
              Files.writeString(new Landing(folder).file("_SUCCESS"), "");
              Files.writeString(new Landing(folder).file(".part.parquet"), "x");
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }),
        refused(
            "files in a sub-folder",
            "whose files would not be read",
            (spark, folder) -> {
              new Landing(folder).write("a.parquet", good(spark, 2));
              Files.createDirectories(new Landing(folder).file("month=1"));
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }),
        refused(
            "link that points at itself",
            "is a broken or looping link",
            (spark, folder) -> {
              new Landing(folder).write("a.parquet", good(spark, 2));
              Path link = new Landing(folder).file("b.parquet");
              Files.createSymbolicLink(link, link);
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }),
        refused(
            "link out of the source's folder",
            "is a link out of",
            (spark, folder) -> {
              new Landing(folder).write("a.parquet", good(spark, 2));
              Path elsewhere = Landing.save(good(spark, 3), folder.resolve("elsewhere.parquet"));
              Files.createSymbolicLink(new Landing(folder).file("b.parquet"), elsewhere);
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }),
        new BadInput(
            FILES,
            "folder and file names with [ ] { } * ? + % blanks and Chinese",
            Fate.ACCEPTED,
            ExitCode.DONE,
            "accepted 2",
            (spark, folder) -> {
              Path odd = folder.resolve("in [a]*b {x} 客户");
              new Landing(odd).write("od+d [1]? 一月%41.parquet", good(spark, 2));
              return BadInput.read(spark, new Landing(odd).settings(Map.of()));
            }),
        new BadInput(
            FILES,
            "the same file delivered twice",
            Fate.DUPLICATE,
            ExitCode.DONE,
            "accepted 2",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              Files.copy(landing.file("a.parquet"), landing.file("b.parquet"));
              return BadInput.read(spark, landing.settings(Map.of()));
            }),
        refused(
            "file that grows while it is read",
            "changed while it was read",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              var manifest = TransactionInput.plan(spark, landing.settings(Map.of())).manifest();
              landing.write("a.parquet", good(spark, 900));
              InputFiles.verifyUnchanged(spark, manifest);
              return accepted("unnoticed");
            }),
        schema(
            "required column missing",
            Fate.REFUSED,
            ExitCode.INPUT,
            "columns.amount: the source has no column 'price'; its columns are customer, sold_at",
            (spark, folder) -> read(spark, folder, good(spark, 2).drop("price"))),
        schema(
            "mapped optional column that one of two files lacks",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "1 files have no column for product_id; their rows have no value",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              landing.write("b.parquet", good(spark, 3).selectExpr("*", "'p' AS sku"));
              return BadInput.read(spark, landing.settings(product()));
            }),
        schema(
            "mapped optional column that no file has",
            Fate.REFUSED,
            ExitCode.INPUT,
            "columns.product_id: the source has no column 'sku'",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              return BadInput.read(spark, landing.settings(product()));
            }),
        schema(
            "columns that are not mapped, in every file",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "columns of the source that nothing uses: extra",
            (spark, folder) -> read(spark, folder, good(spark, 2).selectExpr("*", "1 AS extra"))),
        schema(
            "a column that is not mapped and that one of two files has",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "1 files have a column extra that is not mapped and others lack",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              landing.write(
                  "b.parquet", good(spark, 3).where("price = 3").selectExpr("*", "1 AS extra"));
              return BadInput.read(spark, landing.settings(Map.of()));
            }),
        schema(
            "columns that differ in case only",
            Fate.REFUSED,
            ExitCode.INPUT,
            "which differ in case only",
            BadFiles::caseTwins),
        schema(
            "amounts as text",
            Fate.REFUSED,
            ExitCode.INPUT,
            "columns.amount is text; set sources.transactions.coerce_text: true",
            (spark, folder) -> read(spark, folder, priced(spark, "'12.50'"))),
        schema(
            "amounts as text with coerce_text, one of them no number",
            Fate.QUARANTINED,
            ExitCode.DONE,
            "amount_unreadable 1; amount 12.50",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "a.parquet", priced(spark, "' 12.50 '").union(priced(spark, "'1,2 €'")));
              Map<String, String> coerce = new java.util.HashMap<>(LENIENT);
              coerce.put("sources.transactions.coerce_text", "true");
              return BadInput.read(spark, landing.settings(coerce));
            }),
        schema(
            "amounts as doubles: the nearest cent",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "amounts are binary numbers and were rounded to the cent, by 0.000000 at most; amount 0.30",
            (spark, folder) -> read(spark, folder, priced(spark, "0.1D + 0.2D"))),
        schema(
            "amounts as doubles with digits below the cent: rounded half up",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "rounded to the cent, by 0.004000 at most; amount 0.13",
            (spark, folder) -> read(spark, folder, priced(spark, "0.126D"))),
        schema(
            "decimal(38,10) with more digits than money has",
            Fate.QUARANTINED,
            ExitCode.DONE,
            "amount_unreadable 1; amount 7.00",
            (spark, folder) ->
                read(
                    spark,
                    folder,
                    priced(spark, "CAST(1e17 AS DECIMAL(38,10))")
                        .union(priced(spark, "CAST(7 AS DECIMAL(38,10))")))),
        schema(
            "decimal(38,10) with digits below the cent",
            Fate.QUARANTINED,
            ExitCode.DONE,
            "amount_below_cent 1; amount 0.12",
            (spark, folder) ->
                read(
                    spark,
                    folder,
                    priced(spark, "CAST(0.125 AS DECIMAL(38,10))")
                        .union(priced(spark, "CAST(0.12 AS DECIMAL(38,10))")))),
        schema(
            "amounts as text with coerce_text, one of them with digits below the cent",
            Fate.QUARANTINED,
            ExitCode.DONE,
            "amount_below_cent 1; amount 12.50",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "a.parquet", priced(spark, "'12.500'").union(priced(spark, "'12.505'")));
              Map<String, String> coerce = new java.util.HashMap<>(LENIENT);
              coerce.put("sources.transactions.coerce_text", "true");
              return BadInput.read(spark, landing.settings(coerce));
            }),
        schema(
            "files of different schemas, each right by itself",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "by 0.000000 at most; amount 7.00; amount 7.50",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", priced(spark, "7"));
              landing.write("b.parquet", priced(spark, "7.5D"));
              return BadInput.read(spark, landing.settings(Map.of()));
            }),
        time("timestamps as INT96", Fate.ACCEPTED, "accepted 2", BadFiles::int96),
        time(
            "timestamps in nanoseconds",
            Fate.REFUSED,
            "INT64 (TIMESTAMP(NANOS,true))",
            BadFiles::nanoseconds),
        time(
            "times as text",
            Fate.REFUSED,
            "columns.timestamp is text; set sources.transactions.timestamp_format",
            (spark, folder) -> read(spark, folder, sold(spark, "'1/3/2026'"))),
        time(
            "times as text with timestamp_format, one of them unreadable",
            Fate.QUARANTINED,
            "timestamp_unreadable 1",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", sold(spark, "'1/3/2026'").union(sold(spark, "'soon'")));
              Map<String, String> format = new java.util.HashMap<>(LENIENT);
              format.put("sources.transactions.timestamp_format", "d/M/yyyy");
              return BadInput.read(spark, landing.settings(format));
            }),
        time(
            "times without zone, and no time_zone is set",
            Fate.REFUSED,
            "columns.timestamp has times without zone; set time_zone",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", sold(spark, "TIMESTAMP_NTZ'2026-03-01 10:00:00'"));
              return BadInput.read(spark, landing.settings(Map.of("time_zone", "null")));
            }),
        time(
            "as_of before all data",
            Fate.REFUSED,
            "as_of 2020-01-01 lies before the data: the first transaction is of 2026-03-01",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              return BadInput.read(spark, landing.settings(Map.of("as_of", "2020-01-01")));
            }),
        new BadInput(
            TIME,
            "as_of that is still to come",
            Fate.REFUSED,
            ExitCode.USAGE,
            "as_of 2026-05-02 is still to come; today is 2026-05-01 in Europe/Berlin",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write("a.parquet", good(spark, 2));
              return BadInput.read(spark, landing.settings(Map.of("as_of", "2026-05-02")));
            }),
        new BadInput(
            MONEY,
            "amounts that add up to more than money has digits for",
            Fate.REFUSED,
            ExitCode.INPUT,
            "columns.amount: the amounts add up to more than 92233720368547758.07",
            (spark, folder) ->
                read(
                    spark,
                    folder,
                    good(spark, 50).selectExpr("customer", "sold_at", "price + 9e15D AS price"))),
        new BadInput(
            MONEY,
            "several currencies and no rates of exchange",
            Fate.REFUSED,
            ExitCode.INPUT,
            "transactions are in EUR, USD but the lake's currency is EUR",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "a.parquet",
                  good(spark, 4).selectExpr("*", "IF(price > 2, 'EUR', 'usd') AS unit"));
              return BadInput.read(
                  spark, landing.settings(Map.of("sources.transactions.columns.currency", "unit")));
            }),
        new BadInput(
            IDS,
            "bytes that are no UTF-8",
            Fate.QUARANTINED,
            ExitCode.DONE,
            "accepted 1; invalid_customer 2",
            (spark, folder) ->
                read(
                    spark,
                    folder,
                    spark
                        .range(3)
                        .selectExpr(
                            "CAST(IF(id = 0, X'6331', IF(id = 1, X'63FF', X'C328')) AS STRING)"
                                + " AS customer",
                            GOOD[1],
                            GOOD[2]))));
  }

  private static BadInput refused(String input, String result, Action action) {
    return new BadInput(FILES, input, Fate.REFUSED, ExitCode.INPUT, result, action);
  }

  private static BadInput schema(
      String input, Fate fate, ExitCode exitCode, String result, Action action) {
    return new BadInput(SCHEMA, input, fate, exitCode, result, action);
  }

  private static BadInput time(String input, Fate fate, String result, Action action) {
    ExitCode exitCode = fate == Fate.REFUSED ? ExitCode.INPUT : ExitCode.DONE;
    return new BadInput(TIME, input, fate, exitCode, result, action);
  }

  private static Map<String, String> product() {
    return Map.of("sources.transactions.columns.product_id", "sku");
  }

  static Dataset<Row> good(SparkSession spark, int rows) {
    return spark.range(rows).selectExpr(GOOD);
  }

  private static Dataset<Row> priced(SparkSession spark, String price) {
    return good(spark, 1).selectExpr("customer", "sold_at", price + " AS price");
  }

  private static Dataset<Row> sold(SparkSession spark, String time) {
    return good(spark, 1).selectExpr("customer", time + " AS sold_at", "price");
  }

  static BadInput.Outcome read(SparkSession spark, Path folder, Dataset<Row> rows) {
    Landing landing = new Landing(folder);
    landing.write("a.parquet", rows);
    return BadInput.read(spark, landing.settings(LENIENT));
  }

  private interface Damage {
    byte[] to(byte[] good);
  }

  private static Action bytes(Damage damage) {
    return (spark, folder) -> {
      Path file = new Landing(folder).write("a.parquet", good(spark, 4000));
      Files.write(file, damage.to(Files.readAllBytes(file)));
      return BadInput.read(spark, new Landing(folder).settings(Map.of()));
    };
  }

  private static byte[] garbled(byte[] good) {
    Arrays.fill(good, good.length - 60, good.length - 8, (byte) 0x7f);
    return good;
  }

  private static byte[] flipped(byte[] good) {
    good[good.length / 3] ^= 0x10;
    return good;
  }

  private static byte[] encrypted(byte[] good) {
    System.arraycopy("PARE".getBytes(StandardCharsets.US_ASCII), 0, good, good.length - 4, 4);
    return good;
  }

  private static BadInput.Outcome caseTwins(SparkSession spark, Path folder) {
    spark.conf().set("spark.sql.caseSensitive", "true");
    try {
      new Landing(folder).write("a.parquet", good(spark, 2).selectExpr("*", "price AS PRICE"));
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
    return BadInput.read(spark, new Landing(folder).settings(Map.of()));
  }

  private static BadInput.Outcome int96(SparkSession spark, Path folder) {
    spark.conf().set("spark.sql.parquet.outputTimestampType", "INT96");
    try {
      return read(spark, folder, good(spark, 2));
    } finally {
      spark.conf().unset("spark.sql.parquet.outputTimestampType");
    }
  }

  private static BadInput.Outcome nanoseconds(SparkSession spark, Path folder) throws Exception {
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message row { required binary customer (STRING);"
                + " required int64 sold_at (TIMESTAMP(NANOS,true)); required double price; }");
    var path = new org.apache.hadoop.fs.Path(new Landing(folder).file("a.parquet").toUri());
    try (var writer =
        ExampleParquetWriter.builder(path).withType(type).withConf(new Configuration()).build()) {
      SimpleGroup row = new SimpleGroup(type);
      row.append("customer", "c1")
          .append("sold_at", 1_772_000_000_000_000_001L)
          .append("price", 1.0);
      writer.write(row);
    }
    return BadInput.read(spark, new Landing(folder).settings(Map.of()));
  }
}
