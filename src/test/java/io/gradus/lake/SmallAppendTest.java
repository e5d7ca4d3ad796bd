package io.gradus.lake;

import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows at hand land as Spark itself writes them. */
@ExtendWith(SparkExtension.class)
class SmallAppendTest {
  private static final TableSpec BY_RUN = spec("by_run", List.of(Columns.RUN_ID));
  private static final TableSpec BY_DATE = spec("by_date", List.of(Columns.SNAPSHOT_DATE));
  private static final TableSpec WHOLE = spec("whole", List.of());

  private static TableSpec spec(String name, List<String> partitionBy) {
    return new TableSpec(
        "ops",
        name,
        "Every type that a small table has.",
        "one row per name",
        List.of("name"),
        partitionBy,
        List.of(
            required(Columns.RUN_ID, DataTypes.StringType, "The run."),
            required(Columns.SNAPSHOT_DATE, DataTypes.DateType, "The as-of date."),
            required("name", DataTypes.StringType, "A name."),
            optional("amount", TableSpec.MONEY, "Money."),
            optional("share", DataTypes.DoubleType, "A share."),
            optional("rows", DataTypes.LongType, "Rows."),
            optional("position", DataTypes.IntegerType, "A position."),
            optional("flag", DataTypes.BooleanType, "A flag."),
            optional("moment", DataTypes.TimestampType, "A moment."),
            optional("day", DataTypes.DateType, "A day."),
            optional("texts", DataTypes.createArrayType(DataTypes.StringType), "Texts.")),
        Map.of("share_range", "share IS NULL OR share BETWEEN 0 AND 1"));
  }

  private static List<Row> rows(RunRef run) {
    Date asOf = Date.valueOf(run.asOf());
    return List.of(
        row(run, asOf, "z", null, null, null, null, null, null, null, null),
        row(
            run,
            asOf,
            "a ‘名’",
            new BigDecimal("-1234567.89"),
            0.1,
            Long.MAX_VALUE,
            -7,
            true,
            Timestamp.valueOf("2026-01-02 03:04:05.678901"),
            Date.valueOf("1969-12-31"),
            new String[] {"x", "y"}));
  }

  private static Row row(RunRef run, @Nullable Object... values) {
    Object[] all = new Object[values.length + 1];
    all[0] = run.runId();
    System.arraycopy(values, 0, all, 1, values.length);
    return RowFactory.create(all);
  }

  @Test
  void rowsAtHandAreWrittenAsSparkWritesThem(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    for (TableSpec small : List.of(BY_RUN, BY_DATE, WHOLE)) {
      TableSpec large = spec(small.name() + "_by_spark", small.partitionBy());
      try (RunLock lock = lock(spark, root)) {
        for (var date : List.of(FIRST, SECOND)) {
          RunRef run = lake.begin(lock, small.name() + date, date);
          Commit written = lake.replaceRun(small, rows(run), run);
          Dataset<Row> dataset = spark.createDataFrame(rows(run), large.schema());
          Commit expected = lake.replaceRun(large, dataset, run);
          assertThat(written.rows()).isEqualTo(2);
          assertThat(written.version()).isEqualTo(expected.version());
          assertThat(written.contentHash()).isEqualTo(expected.contentHash());
          assertThat(written.bytes()).isPositive();
          lake.publish(run, Map.of());
        }
      }
      assertThat(texts(lake.read(small))).isEqualTo(texts(lake.read(large))).hasSize(4);
      assertThat(lake.read(small).schema()).isEqualTo(lake.read(large).schema());
      assertThat(texts(lake.read(small).where("snapshot_date = '2026-02-01'"))).hasSize(2);
    }
  }

  @Test
  void theSameRunAgainReplacesItsRows(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run", FIRST);
      lake.replaceRun(BY_RUN, rows(run), run);
      lake.replaceRun(BY_RUN, rows(run).subList(0, 1), run);
    }
    assertThat(lake.read(BY_RUN).select("name").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("z");
  }

  @Test
  void noRowsAreACommitWithoutAFile(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run", FIRST);
      Commit commit = lake.replaceRun(BY_RUN, List.of(), run);
      assertThat(commit.version()).isEqualTo(1);
      assertThat(commit.rows()).isZero();
    }
    assertThat(lake.read(BY_RUN).count()).isZero();
  }

  @Test
  void rowsAgainstTheContractAreRefusedAndNothingIsWritten(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run", FIRST);
      Object[] values = new Object[BY_RUN.columns().size()];
      values[0] = "run";
      values[1] = Date.valueOf(FIRST);
      refused(lake, run, values, "name is missing");
      values[2] = "name";
      values[4] = 1.5;
      refused(
          lake, run, values, "share_range (share IS NULL OR share BETWEEN 0 AND 1) does not hold");
    }
    assertThat(lake.version(BY_RUN)).isZero();
    assertThat(lake.read(BY_RUN).count()).isZero();
  }

  private static void refused(Lake lake, RunRef run, Object[] values, String message) {
    List<Row> rows = List.of(RowFactory.create(Arrays.copyOf(values, values.length)));
    assertThatThrownBy(() -> lake.replaceRun(BY_RUN, rows, run))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((GradusException) e).exitCode())
        .isEqualTo(ExitCode.GATE);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.orderBy("name", "snapshot_date").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }
}
