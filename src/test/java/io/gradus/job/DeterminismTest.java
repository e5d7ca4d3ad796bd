package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.lake.Lake;
import io.gradus.lake.SessionOptions;
import io.gradus.lake.SparkSessions;
import io.gradus.simulate.Company;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.testing.Forked;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same input gives the same rows: on one, two and eight cores, from files split and named in
 * another way, from compiled queries and, as for any input of this size, from interpreted ones, and
 * on a machine whose language is Turkish and whose zone is Apia's.
 */
@ExtendWith(SparkExtension.class)
class DeterminismTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2025-07-02T03:00:00Z"));

  @TempDir static Path folder;

  @Test
  void neitherCoresNorFilesNorLocaleNorZoneChangeARow(SparkSession spark) throws Exception {
    Company company = Company.of(150, LocalDate.of(2024, 1, 1), AS_OF, 11L).withDirtyShare(0.03);
    new SimulateJob(spark).deliver(company, folder.toString(), company.from(), AS_OF);
    split(spark, folder.resolve("landing"), folder.resolve("split/landing"));

    String golden = night(spark, folder, "two");
    boolean all = "all".equals(System.getProperty("gradus.test.faults"));
    List<String> options =
        List.of(
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Pacific/Apia",
            "-Dspark.sql.codegen.factoryMode=CODEGEN_ONLY");
    int status =
        Forked.start(Elsewhere.class, options, folder.toString(), all ? "1,8,2" : "1,8").waitFor();

    assertThat(status).isZero();
    Map<String, String> others = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("hashes.txt"))) {
      others.put(line.split("=")[0], line.split("=")[1]);
    }
    assertThat(others)
        .hasSize(all ? 3 : 2)
        .allSatisfy(
            (cores, hash) -> {
              assertThat(hash).as("hash on local[%s]", cores).isEqualTo(golden);
            });
  }

  /** The rows in another order, over three files instead of one, with other names. */
  private static void split(SparkSession spark, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Dataset<Row> rows = spark.read().parquet(from.toString());
    for (int i = 0; i < 3; i++) {
      io.gradus.testing.Landing.save(
          rows.where("pmod(hash(*), 3) = " + i).orderBy(org.apache.spark.sql.functions.rand(i)),
          to.resolve("z" + (3 - i) + ".parquet"));
    }
  }

  private static String night(SparkSession spark, Path input, String lake) throws IOException {
    String root = input.resolve("lake-" + lake).toString();
    Map<String, String> places = new TreeMap<>();
    places.put("lake", "'" + root + "'");
    places.put("sources.transactions.path", "'" + input.resolve("landing") + "'");
    String yaml = Files.readString(Path.of("jobs", "demo", "demo.yaml"));
    yaml = yaml.replaceAll("(?m)^ {2}customers:\\n( {4}.*\\n)+", "");
    var settings =
        io.gradus.config.YamlReader.read(
            "demo.yaml", yaml, places, io.gradus.config.Settings.class);
    new NightlyJob(spark, CLOCK, Progress.silent()).run(settings.at(AS_OF));
    return hash(Lake.openToRead(spark, root).readPublished(Gold.CUSTOMER_SNAPSHOT));
  }

  /** Of every column but the run's name, which stands for the files' names as well. */
  private static String hash(Dataset<Row> rows) {
    List<String> names = new ArrayList<>(List.of(rows.columns()));
    names.remove(Columns.RUN_ID);
    String json = "to_json(struct(" + String.join(", ", names) + "))";
    Row row =
        rows.selectExpr("sha2(" + json + ", 256) AS h", json + " AS j")
            .selectExpr("count(*)", "sha2(array_join(array_sort(collect_list(h)), ''), 256)")
            .head();
    return row.getLong(0) + " customers " + row.getString(1);
  }

  /** The other machine. */
  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] arguments) throws IOException {
      if (!Locale.getDefault().getLanguage().equals("tr")
          || !TimeZone.getDefault().getID().equals("Pacific/Apia")) {
        throw new IllegalStateException("language or zone is not set");
      }
      Path folder = Path.of(arguments[0]);
      List<String> lines = new ArrayList<>();
      for (String cores : arguments[1].split(",")) {
        var options = new SessionOptions("local[" + cores + "]", "determinism", 0, false, Map.of());
        try (SparkSession spark = SparkSessions.start(options)) {
          lines.add(cores + "=" + night(spark, folder.resolve("split"), cores));
        }
      }
      Files.write(folder.resolve("hashes.txt"), lines);
    }
  }
}
