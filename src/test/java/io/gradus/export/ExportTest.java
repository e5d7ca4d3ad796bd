package io.gradus.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.job.ExportJob;
import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.TableSpec;
import io.gradus.testing.PostgresServer;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three runs into every kind of target, in the order of the numbers: each builds on the last. */
@ExtendWith(SparkExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class ExportTest {
  private static final List<TableSpec> TABLES =
      List.of(Gold.SCORE_CONTRIBUTION, Gold.CUSTOMER_SNAPSHOT, Ops.RUN, ThreeRuns.table("alert"));

  @TempDir static Path folder;
  private static ThreeRuns runs;
  private static PostgresServer server;
  private static final Map<String, List<List<String>>> EXPECTED = new TreeMap<>();

  @BeforeAll
  static void firstRun(SparkSession spark) throws IOException {
    runs = new ThreeRuns(spark, folder.resolve("lake"));
    runs.first();
    var binaries = PostgresServer.binaries();
    if (binaries.isPresent()) {
      server = PostgresServer.start(binaries.get());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static Transfer duckDb() {
    return Transfers.database(new Destination("jdbc:duckdb:" + file(), null, null), folder);
  }

  private static Path file() {
    return folder.resolve("gradus.duckdb");
  }

  private static Connection readDuckDb() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + file());
  }

  private static Transfer postgres() {
    assumeTrue(server != null, "no PostgreSQL server below /usr/lib/postgresql");
    return Transfers.database(
        new Destination(server.url(), PostgresServer.USER, PostgresServer.PASSWORD),
        folder.resolve("scratch"));
  }

  private static Connection readPostgres() throws SQLException {
    return DriverManager.getConnection(server.url(), PostgresServer.USER, PostgresServer.PASSWORD);
  }

  /** Rows loaded by table. */
  private static Map<String, Object> export(SparkSession spark, Transfer to, String... tables) {
    try (to) {
      return new ExportJob(spark, ThreeRuns.CLOCK)
          .run(runs.root(), to, List.of(tables)).tables().rows().stream()
              .collect(
                  Collectors.toMap(
                      r -> (String) r.get(0), r -> r.get(2), (a, b) -> b, TreeMap::new));
    }
  }

  private static void assertSame(Connection connection) throws SQLException {
    String current = runs.lake().published().current().orElseThrow().runId();
    for (TableSpec table : TABLES) {
      assertThat(JdbcRows.all(connection, table))
          .as(table.name())
          .isEqualTo(kept(connection, published(current, table)));
    }
    assertThat(JdbcRows.query(connection, "SELECT DISTINCT run_id FROM gradus_export"))
        .isEqualTo(List.of(List.of(current)));
    assertThat(
            JdbcRows.query(
                connection,
                "SELECT row_count FROM gradus_export WHERE table_name = 'customer_snapshot'"))
        .isEqualTo(JdbcRows.query(connection, "SELECT count(*) FROM customer_snapshot"));
  }

  private static List<List<String>> published(String run, TableSpec table) throws SQLException {
    String key = run + " " + table.name();
    if (!EXPECTED.containsKey(key)) {
      EXPECTED.put(key, JdbcRows.published(runs.lake(), table));
    }
    return EXPECTED.get(key);
  }

  /** PostgreSQL cannot keep U+0000. */
  private static List<List<String>> kept(Connection connection, List<List<String>> rows)
      throws SQLException {
    boolean all = connection.getMetaData().getDatabaseProductName().equals("DuckDB");
    return all
        ? rows
        : rows.stream().map(r -> r.stream().map(c -> c.replace("\0", "")).toList()).toList();
  }

  private static void assertDescribed(Connection connection) throws SQLException {
    Map<String, String> remarks = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    try (ResultSet columns =
        connection.getMetaData().getColumns(null, null, "customer_snapshot", null)) {
      while (columns.next()) {
        remarks.put(columns.getString("COLUMN_NAME"), columns.getString("REMARKS"));
        types.put(columns.getString("COLUMN_NAME"), columns.getString("TYPE_NAME"));
      }
    }
    assertThat(remarks).hasSize(Gold.CUSTOMER_SNAPSHOT.columns().size());
    assertThat(remarks.get("churn_probability"))
        .isEqualTo("Calibrated probability of no purchase within the horizon, 0 to 1");
    assertThat(types.get("net_total")).containsAnyOf("DECIMAL(18,2)", "numeric");
    assertThat(types.get("first_purchase_date")).isEqualToIgnoringCase("date");
    assertThat(types.get("provisional")).containsAnyOf("BOOLEAN", "bool");
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "customer_snapshot", null)) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("REMARKS"))
          .contains("Grain: one row per customer and as-of date");
    }
    Set<String> key = new java.util.TreeSet<>();
    try (ResultSet keys =
        connection.getMetaData().getPrimaryKeys(null, null, "customer_snapshot")) {
      while (keys.next()) {
        key.add(keys.getString("COLUMN_NAME"));
      }
    }
    assertThat(key).containsExactly("customer_id", "snapshot_date");
  }

  @Test
  @Order(1)
  void everyRowTypeCommentAndKeyArrivesInDuckDb(SparkSession spark) throws SQLException {
    Map<String, Object> loaded = export(spark, duckDb());

    assertThat(loaded)
        .containsEntry("score_contribution", 5L)
        .containsEntry("customer_snapshot", 5L);
    try (Connection connection = readDuckDb()) {
      assertSame(connection);
      assertDescribed(connection);
      assertThat(
              JdbcRows.query(
                  connection, "SELECT sum(net_total), max(started_at) FROM customer_snapshot, run"))
          .isEqualTo(List.of(List.of("1234567890123571.73", "2026-03-01T02:03:04.123456Z")));
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  @Order(2)
  void theSameIntoPostgresByCopy(SparkSession spark) throws SQLException {
    Map<String, Object> loaded = export(spark, postgres());

    assertThat(loaded).containsEntry("score_contribution", 5L).containsEntry("run", 1L);
    try (Connection connection = readPostgres()) {
      assertSame(connection);
      assertDescribed(connection);
      assertThat(
              JdbcRows.query(
                  connection,
                  "SELECT customer_name IS NULL, reasons[2], t FROM customer_snapshot ORDER BY"
                      + " customer_id"))
          .startsWith(List.of("false", "A,\"B\\", "null"))
          .element(2)
          .isEqualTo(List.of("true", "null", "null"));
    }
  }

  @Test
  @Order(3)
  void filesAreReadByAnotherProgram(SparkSession spark) throws SQLException, IOException {
    export(spark, Transfers.csv(folder.resolve("csv")));
    export(spark, Transfers.parquet(folder.resolve("parquet")));

    try (Connection other = DriverManager.getConnection("jdbc:duckdb:")) {
      String columns = "customer_id, customer_name, net_total, provisional, reasons";
      List<List<String>> csv =
          JdbcRows.query(
              other,
              "SELECT "
                  + columns
                  + " FROM read_csv('"
                  + folder
                  + "/csv/customer_snapshot.csv', header = true, quote = '\"', escape = '\"',"
                  + " types = {'net_total': 'DECIMAL(18,2)'}) ORDER BY 1");
      assertThat(csv)
          .contains(
              List.of(
                  "c1",
                  "'=HYPERLINK(\"x\"),\"q\"",
                  "1234567890123456.78",
                  "false",
                  "[\"VALUE_HIGH\",\"A,\\\"B\\\\\"]"),
              List.of("c2", "多行\nname, \"q\"", "-0.05", "true", "null"),
              List.of("c3", "null", "100.00", "false", "null"),
              List.of("c4", "'\ttab", "7.00", "false", "null"))
          .last()
          .satisfies(row -> assertThat(row.get(1)).startsWith("'-back\\"));
      assertThat(
              JdbcRows.query(
                  other, "SELECT * FROM read_parquet('" + folder + "/parquet/run/*.parquet')"))
          .isEqualTo(JdbcRows.published(runs.lake(), Ops.RUN));
    }
    assertThat(Files.readString(folder.resolve("csv/gradus_export.csv")))
        .contains("customer_snapshot,r1,2026-01-31,5,");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  @Order(4)
  void onlyTheNewRunIsLoadedAndReadersSeeTheOldOneUntilTheEnd(SparkSession spark)
      throws SQLException {
    runs.second();
    Map<String, Object> expected =
        Map.of("score_contribution", 3L, "customer_snapshot", 3L, "run", 1L, "alert", 1L);

    assertThat(export(spark, duckDb())).containsAllEntriesOf(expected);
    try (Connection connection = readDuckDb()) {
      assertSame(connection);
    }
    if (server != null) {
      assertThat(export(spark, new WatchedTransfer(postgres(), "", this::postgresShowsTheFirstRun)))
          .containsAllEntriesOf(expected);
      try (Connection connection = readPostgres()) {
        assertSame(connection);
      }
    }
  }

  private void postgresShowsTheFirstRun() {
    try (Connection connection = readPostgres()) {
      assertThat(JdbcRows.query(connection, "SELECT DISTINCT run_id FROM score_contribution"))
          .isEqualTo(List.of(List.of("r1")));
      assertThat(JdbcRows.query(connection, "SELECT count(*) FROM customer_snapshot"))
          .isEqualTo(List.of(List.of("5")));
      assertThatThrownBy(ExportTest::postgres)
          .hasMessageContaining("is running")
          .satisfies(e -> assertThat(((GradusException) e).exitCode()).isEqualTo(ExitCode.LOCK));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(5)
  void aRepeatedExportLoadsNothingThatIsThere(SparkSession spark) throws SQLException {
    Map<String, Object> expected =
        Map.of("score_contribution", 0L, "customer_snapshot", 0L, "run", 0L);

    assertThat(export(spark, duckDb())).containsAllEntriesOf(expected);
    try (Connection connection = readDuckDb()) {
      assertSame(connection);
    }
  }

  @Test
  @Order(6)
  void rowsThatGetLostAreFoundAndTheTargetStaysAsItWas(SparkSession spark) throws SQLException {
    runs.third();
    for (Transfer transfer :
        server == null
            ? List.of(duckDb(), Transfers.csv(folder.resolve("csv")))
            : List.of(duckDb(), Transfers.csv(folder.resolve("csv")), postgres())) {
      assertThatThrownBy(
              () -> export(spark, new WatchedTransfer(transfer, "customer_snapshot", () -> {})))
          .isInstanceOf(GradusException.class)
          .hasMessageContaining("customer_snapshot")
          .hasMessageContaining("0 arrived");
    }
    try (Connection connection = readDuckDb()) {
      assertThat(JdbcRows.query(connection, "SELECT DISTINCT run_id FROM score_contribution"))
          .isEqualTo(List.of(List.of("r2")));
    }
    if (server != null) {
      try (Connection connection = readPostgres()) {
        assertThat(JdbcRows.query(connection, "SELECT DISTINCT run_id FROM gradus_export"))
            .isEqualTo(List.of(List.of("r2")));
      }
    }
    assertThat(folder.resolve("csv/gradus_export.csv")).content().contains(",r1,");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  @Order(7)
  void aCorrectedRunReplacesTheOneItCorrects(SparkSession spark) throws SQLException {
    assertThat(export(spark, duckDb(), "score_contribution"))
        .as("tables of earlier exports come along")
        .containsAllEntriesOf(Map.of("score_contribution", 1L, "customer_snapshot", 1L));
    try (Connection connection = readDuckDb()) {
      assertSame(connection);
      assertThat(
              JdbcRows.query(
                  connection,
                  "SELECT run_id, count(*) FROM customer_snapshot GROUP BY 1 ORDER BY 1"))
          .isEqualTo(List.of(List.of("r1", "5"), List.of("r3", "1")));
    }
    if (server != null) {
      export(spark, postgres());
      try (Connection connection = readPostgres()) {
        assertSame(connection);
      }
    }
  }

  @Test
  @Order(8)
  void whatIsNotOursStaysAndIsRefused(SparkSession spark) throws SQLException, IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.writeString(own.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> Transfers.csv(own)).hasMessageContaining("no export wrote");
    try (Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + folder + "/foreign.duckdb")) {
      connection.createStatement().execute("CREATE TABLE run (mine INT)");
    }
    Destination foreign = new Destination("jdbc:duckdb:" + folder + "/foreign.duckdb", null, null);
    assertThatThrownBy(() -> export(spark, Transfers.database(foreign, folder)))
        .hasMessageContaining("has a table run that no export made");
    assertThatThrownBy(() -> export(spark, duckDb(), "customer"))
        .hasMessageContaining("there is no table customer");
  }

  @Test
  @Order(9)
  void secretsAreNeverShown() {
    assertThatThrownBy(() -> new Destination("jdbc:postgresql://h/d?password=hunter2", null, null))
        .hasMessageContaining("--password-env")
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> new Destination("jdbc:postgresql://me:hunter2@h/d", null, null))
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> new Destination("jdbc:mysql://h/d", null, null))
        .hasMessageContaining("jdbc:duckdb:");
    assertThat(new Destination("jdbc:postgresql://h/d", "u", "hunter2").toString())
        .doesNotContain("hunter2");
    assumeTrue(server != null, "no PostgreSQL server below /usr/lib/postgresql");
    Destination wrong = new Destination(server.url(), PostgresServer.USER, "hunter2");
    assertThatThrownBy(() -> Transfers.database(wrong, folder))
        .hasMessageContaining("password authentication failed")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"))
        .satisfies(e -> assertThat(((GradusException) e).exitCode()).isEqualTo(ExitCode.STORAGE));
  }

  private static List<String> leftovers() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.contains(".export-"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
