package io.gradus.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class InputFilesTest {
  @Test
  void onlineRetailHasTheRowsItsSourceStates(SparkSession spark) {
    Path landing = RealData.path("online_retail/landing");
    Manifest manifest = InputFiles.plan(spark, landing.toString(), InputOptions.standard());
    assertThat(manifest.files()).hasSize(9);
    assertThat(manifest.rows()).isEqualTo(320_705);
    assertThat(InputFiles.read(spark, manifest).count()).isEqualTo(320_705);
  }

  @Test
  void namesWithPatternsSpacesAndChineseAreReadExactly(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Path odd = Files.createDirectories(folder.resolve("in [a]*b 客户"));
    write(spark, odd.resolve("od+d [1] {x}? 一月%41.parquet"), 3);
    write(spark, odd.resolve("od+d 1 x一月A.parquet"), 5);
    Manifest manifest = plan(spark, odd);
    assertThat(manifest.rows()).isEqualTo(8);
    assertThat(InputFiles.read(spark, manifest).groupBy("source_file").count().collectAsList())
        .extracting(row -> row.getString(0) + "=" + row.getLong(1))
        .containsExactlyInAnyOrder("od+d [1] {x}? 一月%41.parquet=3", "od+d 1 x一月A.parquet=5");
  }

  @Test
  void brokenFilesFailByName(SparkSession spark, @TempDir Path folder) throws IOException {
    write(spark, folder.resolve("good.parquet"), 40);
    byte[] good = Files.readAllBytes(folder.resolve("good.parquet"));
    Path bad = folder.resolve("bad.parquet");
    Files.createFile(bad);
    fails(() -> plan(spark, folder), "bad.parquet", "no bytes");
    Files.write(bad, Arrays.copyOf(good, good.length / 2));
    fails(() -> plan(spark, folder), "bad.parquet", "cut off");
    Files.writeString(bad, "customer,amount\n1,2\n3,4\n");
    fails(() -> plan(spark, folder), "bad.parquet", "not a Parquet file");
    byte[] garbled = good.clone();
    Arrays.fill(garbled, good.length - 60, good.length - 8, (byte) 0x7f);
    Files.write(bad, garbled);
    fails(() -> plan(spark, folder), "bad.parquet", "cannot be read");
    byte[] encrypted = good.clone();
    System.arraycopy("PARE".getBytes(StandardCharsets.US_ASCII), 0, encrypted, good.length - 4, 4);
    Files.write(bad, encrypted);
    fails(() -> plan(spark, folder), "bad.parquet", "encrypted");
  }

  @Test
  void foldersWithoutDataFail(SparkSession spark, @TempDir Path folder) throws IOException {
    fails(() -> plan(spark, folder), "no data files");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve(".part"), "x");
    fails(() -> plan(spark, folder), "no data files", "2 hidden");
    fails(() -> plan(spark, folder.resolve("absent")), "absent", "does not exist");
    Manifest empty =
        InputFiles.plan(spark, folder.toString(), new InputOptions(true, false, List.of()));
    assertThat(empty.rows()).isZero();
    assertThat(empty.ignored()).hasSize(2);
  }

  @Test
  void nestedFilesAreReadOnlyWhenDeclared(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("month=1"));
    write(spark, folder.resolve("month=1/a.parquet"), 2);
    write(spark, folder.resolve("b.parquet"), 1);
    fails(() -> plan(spark, folder), "month=1", "recursive");
    Manifest manifest =
        InputFiles.plan(spark, folder.toString(), new InputOptions(false, true, List.of()));
    Dataset<Row> rows = InputFiles.read(spark, manifest);
    assertThat(rows.count()).isEqualTo(3);
    assertThat(rows.columns()).containsExactly("id", "amount", "source_file", "source_row");
  }

  @Test
  void linksMayNotLoopBreakOrLeaveTheSource(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Path elsewhere = folder.resolve("elsewhere.parquet");
    write(spark, source.resolve("a.parquet"), 1);
    write(spark, elsewhere, 2);
    Path link = source.resolve("link.parquet");
    Files.createSymbolicLink(link, elsewhere);
    fails(() -> plan(spark, source), "link.parquet", "link out of");
    Files.delete(link);
    Files.createSymbolicLink(link, link);
    fails(() -> plan(spark, source), "link.parquet", "looping link");
    Files.delete(link);
    Files.createSymbolicLink(source.resolve("again"), source);
    fails(
        () -> InputFiles.plan(spark, source.toString(), new InputOptions(false, true, List.of())),
        "again");
    Files.delete(source.resolve("again"));
    Files.createSymbolicLink(link, source.resolve("a.parquet"));
    assertThat(plan(spark, source).duplicates()).hasSize(1);
  }

  @Test
  void sourcesStayBelowTheDeclaredRoots(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    write(spark, source.resolve("a.parquet"), 1);
    InputOptions inside = new InputOptions(false, false, List.of(source.toString()));
    assertThat(InputFiles.plan(spark, source.toString(), inside).rows()).isEqualTo(1);
    write(spark, folder.resolve("secret.parquet"), 1);
    assertThatThrownBy(() -> InputFiles.plan(spark, source + "/../secret.parquet", inside))
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("outside the declared roots");
  }

  @Test
  void theSameFileTwiceIsReadOnce(SparkSession spark, @TempDir Path folder) throws IOException {
    write(spark, folder.resolve("a.parquet"), 7);
    Files.copy(folder.resolve("a.parquet"), folder.resolve("b.parquet"));
    Manifest manifest = plan(spark, folder);
    assertThat(manifest.files()).extracting(InputFile::name).containsExactly("a.parquet");
    assertThat(manifest.duplicates()).extracting(InputFile::name).containsExactly("b.parquet");
    assertThat(manifest.duplicateRows()).isEqualTo(7);
    assertThat(InputFiles.read(spark, manifest).count()).isEqualTo(7);
  }

  @Test
  void aFileThatGrowsOrVanishesIsNoticed(SparkSession spark, @TempDir Path folder)
      throws IOException {
    write(spark, folder.resolve("a.parquet"), 7);
    Manifest manifest = plan(spark, folder);
    InputFiles.verifyUnchanged(spark, manifest);
    write(spark, folder.resolve("a.parquet"), 900);
    fails(() -> InputFiles.verifyUnchanged(spark, manifest), "a.parquet", "changed");
    Files.delete(folder.resolve("a.parquet"));
    fails(() -> InputFiles.verifyUnchanged(spark, manifest), "a.parquet", "vanished");
  }

  @Test
  void filesOfDifferentShapesAreNotMixedSilently(SparkSession spark, @TempDir Path folder)
      throws IOException {
    write(spark, folder.resolve("a.parquet"), 7);
    save(spark.range(2).selectExpr("id"), folder.resolve("b.parquet"));
    Manifest manifest = plan(spark, folder);
    fails(() -> InputFiles.read(spark, manifest), "b.parquet", "amount decimal(18,2)");
    Dataset<Row> common =
        InputFiles.read(spark, manifest, rows -> rows.selectExpr("id", "source_file"));
    assertThat(common.count()).isEqualTo(9);
  }

  @Test
  void columnsThatDifferInCaseOnlyFail(SparkSession spark, @TempDir Path folder)
      throws IOException {
    spark.conf().set("spark.sql.caseSensitive", "true");
    try {
      save(spark.range(2).selectExpr("id", "id AS ID"), folder.resolve("a.parquet"));
    } finally {
      spark.conf().unset("spark.sql.caseSensitive");
    }
    fails(() -> plan(spark, folder), "a.parquet", "differ in case");
  }

  @Test
  void aFlippedByteInAPageFailsByName(SparkSession spark, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.parquet");
    save(spark.range(4000).selectExpr("id", "CAST(id * 7 % 1000 AS DOUBLE) AS amount"), file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 0x10;
    Files.write(file, bytes);
    Manifest manifest = plan(spark, folder);
    assertThatThrownBy(
            () -> InputFiles.read(spark, manifest).selectExpr("sum(amount)", "sum(id)").collect())
        .satisfies(
            failure ->
                assertThat(StorageFailures.translate("Reading", failure))
                    .isInstanceOfSatisfying(
                        GradusException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
                    .hasMessageContaining("a.parquet"));
  }

  @Test
  void knownFilesKeepTheirHashAndTheManifestHashIgnoresPlaceAndTime(
      SparkSession spark, @TempDir Path folder) throws IOException {
    write(spark, folder.resolve("a.parquet"), 7);
    Manifest first = plan(spark, folder);
    write(spark, folder.resolve("b.parquet"), 3);
    Manifest second =
        InputFiles.plan(spark, folder.toString(), InputOptions.standard(), Optional.of(first));
    assertThat(second.newSince(first)).extracting(InputFile::name).containsExactly("b.parquet");
    assertThat(second.hash()).isNotEqualTo(first.hash());
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(folder.resolve("a.parquet"), copy.resolve("a.parquet"));
    assertThat(plan(spark, copy).hash()).isEqualTo(first.hash());
  }

  private static Manifest plan(SparkSession spark, Path path) {
    return InputFiles.plan(spark, path.toString(), InputOptions.standard());
  }

  private static void write(SparkSession spark, Path file, int rows) throws IOException {
    save(spark.range(rows).selectExpr("id", "CAST(id AS DECIMAL(18,2)) AS amount"), file);
  }

  /** Spark names files itself; the one it wrote is moved to the wanted name. */
  private static void save(Dataset<Row> rows, Path file) throws IOException {
    Path made = Files.createTempDirectory("parquet").resolve("out");
    rows.coalesce(1).write().parquet(made.toString());
    try (var files = Files.list(made)) {
      Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(file, Files.readAllBytes(part));
    }
  }

  private static void fails(ThrowingCallable action, String... words) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .message()
        .contains(words)
        .doesNotContain("\n");
  }
}
