package io.gradus.export;

import io.gradus.job.ExportJob;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.TableSpec;
import io.gradus.testing.ContractRows;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A lake that is published three times; the third run corrects the second one's date. */
final class ThreeRuns {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T02:03:04Z"));
  static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
  static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 28);

  private static final String COLUMNS =
      "customer_id|customer_name|grade|provisional|net_total|clv_12m|reasons|r_score|f_score"
          + "|m_score|churn_probability|first_purchase_date";
  private static final List<String> FIRST =
      List.of(
          "c1|=HYPERLINK(\"x\"),\"q\"|A|false|1234567890123456.78|0.01|VALUE_HIGH;A,\"B\\|5|5|5|1.0E-5|2024-02-29",
          "c2|多行\\nname, \"q\"|B|true|-0.05|2.50||1|2|3||",
          "c3||C|false|100|0||1|1|1|0.5|2025-01-01",
          "c4|\\ttab|C|false|7|0||1|1|1|0.25|2025-01-01",
          "c5|-back\\\\slash 'q' \\0|D|false|8|0||1|1|1|1|2025-01-01");
  private static final List<String> SECOND =
      List.of(
          "c1|-1+2|A|false|11|1||5|5|5|0.1|2024-02-29",
          "c2|@sum|A|true|12|1||1|2|3||",
          "c6|Ünïcode \uD83D\uDE00|B|false|13|1||1|1|1|0.5|2026-02-01");
  private static final List<String> THIRD = List.of("c1|Acme|B|false|21.5|1||4|4|4|0.1|2024-02-29");

  private final SparkSession spark;
  private final String root;

  ThreeRuns(SparkSession spark, Path root) {
    this.spark = spark;
    this.root = root.toString();
  }

  String root() {
    return root;
  }

  Lake lake() {
    return Lake.openToRead(spark, root);
  }

  void first() {
    publish("r1", JANUARY, FIRST);
  }

  void second() {
    publish("r2", FEBRUARY, SECOND);
  }

  void third() {
    publish("r3", FEBRUARY, THIRD);
  }

  static TableSpec table(String name) {
    return Stream.concat(ExportJob.exportable().stream(), Stream.of(ExportRecord.TABLE))
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void publish(String runId, LocalDate asOf, List<String> customers) {
    try (RunLock lock = RunLock.acquire(spark, root, runId, CLOCK)) {
      Lake lake = Lake.open(spark, root);
      RunRef run = lake.begin(lock, runId, asOf);
      String own = "|" + asOf + "|" + runId;
      lake.overwrite(
          Gold.SCORE_CONTRIBUTION,
          ContractRows.of(
              spark,
              Gold.SCORE_CONTRIBUTION,
              "customer_id|indicator|contribution|snapshot_date|run_id",
              customers.stream().map(c -> c.split("\\|")[0] + "|growth|-1.5" + own).toList()),
          run);
      lake.replaceRun(
          Gold.CUSTOMER_SNAPSHOT,
          ContractRows.of(
              spark,
              Gold.CUSTOMER_SNAPSHOT,
              COLUMNS + "|snapshot_date|run_id",
              customers.stream().map(line -> line + own).toList()),
          run);
      lake.replaceRun(
          Ops.RUN,
          ContractRows.of(
              spark,
              Ops.RUN,
              "run_id|snapshot_date|started_at|seconds|customers",
              List.of(runId + "|" + asOf + "|2026-03-01T02:03:04.123456Z|1.5|" + customers.size())),
          run);
      TableSpec alert = table("alert");
      lake.overwrite(
          alert,
          ContractRows.of(
              spark,
              alert,
              "alert_id|severity|run_id|message_zh" + (stateful(alert) ? "|state" : ""),
              List.of("a1|info|r1|状态 " + runId + (stateful(alert) ? "|open" : ""))),
          run);
      lake.publish(run, Map.of());
    }
  }

  private static boolean stateful(TableSpec alert) {
    return alert.columns().stream().anyMatch(column -> column.name().equals("state"));
  }
}
