package io.gradus.monitor;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Which grade a customer had on which day, rows of {@code gold.customer_grade_history}. */
public final class GradeHistory {
  private static final String[] COLUMNS = {
    Columns.CUSTOMER_ID,
    "valid_from",
    "valid_to",
    Columns.GRADE,
    "previous_grade",
    "cause",
    "restated_on",
    Columns.RUN_ID
  };

  private GradeHistory() {}

  /** The first rows of customers who were not there before. */
  public static Dataset<Row> first(Dataset<Row> customers, LocalDate asOf, String runId) {
    Dataset<Row> fresh = customers.select(Columns.CUSTOMER_ID, Columns.GRADE);
    return stated(
        fresh
            .withColumn("previous_grade", lit(null).cast("string"))
            .withColumn("cause", lit("new")),
        asOf,
        runId);
  }

  /** The customers whose grade is another than before: new, moved, gone. */
  public static Dataset<Row> changed(Dataset<Row> moves) {
    return moves
        .where(col("direction").notEqual("same"))
        .select(
            col(Columns.CUSTOMER_ID),
            col("before_grade").as("previous_grade"),
            col(Columns.GRADE),
            col("cause"));
  }

  /** The rows that start on the as-of date, of {@link #changed} customers who are there. */
  public static Dataset<Row> starting(Dataset<Row> changed, LocalDate asOf, String runId) {
    return stated(changed.where(col(Columns.GRADE).isNotNull()), asOf, runId);
  }

  /**
   * The whole history after a night: rows of changed customers end the day before, new ones start.
   * What an earlier run for the same date stated and this one does not find is kept with the date
   * in {@code restated_on}; point-in-time questions ask only rows without it.
   *
   * @param history every row so far
   * @param changed of {@link #changed}, a small share of the customers
   * @param asOf the newest as-of date
   */
  public static Dataset<Row> after(
      Dataset<Row> history, Dataset<Row> changed, LocalDate asOf, String runId) {
    Column inForce = col("restated_on").isNull();
    Column startsNow = inForce.and(col("valid_from").equalTo(lit(asOf)));
    Column open =
        inForce
            .and(col("valid_from").lt(lit(asOf)))
            .and(col("valid_to").isNull().or(col("valid_to").equalTo(lit(asOf.minusDays(1)))));
    Column refuted = not(coalesce(col("_now").equalTo(col(Columns.GRADE)), lit(false)));
    Dataset<Row> marked =
        history.join(
            broadcast(
                changed.select(
                    col(Columns.CUSTOMER_ID),
                    col(Columns.GRADE).as("_now"),
                    lit(true).as("_changed"))),
            new String[] {Columns.CUSTOMER_ID},
            "left");
    Column end =
        when(open, when(col("_changed"), lit(asOf.minusDays(1))).otherwise(lit(null)))
            .otherwise(col("valid_to"));
    Column restated = when(startsNow.and(refuted), lit(asOf));
    Dataset<Row> kept =
        marked
            .withColumn("_end", end.cast("date"))
            .withColumn("_restated", restated.otherwise(col("restated_on")).cast("date"))
            .withColumn("valid_to", col("_end"))
            .withColumn("restated_on", col("_restated"))
            .selectExpr(COLUMNS);
    Dataset<Row> known =
        history
            .where(startsNow)
            .select(col(Columns.CUSTOMER_ID), col(Columns.GRADE), lit(true).as("_known"));
    Dataset<Row> fresh =
        starting(changed, asOf, runId)
            .join(known, new String[] {Columns.CUSTOMER_ID, Columns.GRADE}, "left_anti");
    return kept.unionByName(fresh.selectExpr(COLUMNS));
  }

  /**
   * The whole history after a date was computed again or for the first time: from it to the day
   * before the next date every customer has the grade now found. A row that said otherwise is kept
   * with the date in {@code restated_on}; what it rightly said of the days before and after is
   * stated anew, with the cause {@code correction}.
   *
   * @param history every row so far
   * @param graded the customers of the date with their grades
   * @param asOf the date
   * @param next the as-of date published after it, null when it is the newest
   */
  public static Dataset<Row> restated(
      Dataset<Row> history,
      Dataset<Row> graded,
      LocalDate asOf,
      @Nullable LocalDate next,
      String runId) {
    Column last = lit(next == null ? null : next.minusDays(1)).cast("date");
    // Rows start and end with as-of dates, of which none lies between the two: one row at most.
    Column covers =
        col("restated_on")
            .isNull()
            .and(coalesce(col("valid_from").leq(last), lit(true)))
            .and(col("valid_to").isNull().or(col("valid_to").geq(lit(asOf))));
    Column refuted = not(col("_now").eqNullSafe(col(Columns.GRADE)));
    String[] key = {Columns.CUSTOMER_ID};
    Dataset<Row> now = graded.select(col(Columns.CUSTOMER_ID), col(Columns.GRADE).as("_now"));
    Dataset<Row> known = history.join(now, key, "left");
    Dataset<Row> wrong = known.where(covers.and(refuted));
    Dataset<Row> missing = now.join(history.where(covers), key, "left").where(refuted);
    Column restated =
        when(covers.and(refuted), lit(asOf)).otherwise(col("restated_on")).cast("date");
    return Stream.of(daysBefore(wrong, asOf), daysOf(missing, asOf, last), daysAfter(wrong, last))
        .map(
            piece ->
                piece
                    .withColumn("restated_on", lit(null).cast("date"))
                    .withColumn(Columns.RUN_ID, lit(runId))
                    .selectExpr(COLUMNS))
        .reduce(
            known.withColumn("restated_on", restated).selectExpr(COLUMNS), Dataset::unionByName);
  }

  private static Dataset<Row> daysBefore(Dataset<Row> wrong, LocalDate asOf) {
    return wrong
        .where(col("valid_from").lt(lit(asOf)))
        .withColumn("valid_to", lit(asOf.minusDays(1)));
  }

  private static Dataset<Row> daysOf(Dataset<Row> missing, LocalDate asOf, Column last) {
    Column before = when(col("valid_from").lt(lit(asOf)), col(Columns.GRADE));
    return missing
        .withColumn("previous_grade", coalesce(before, col("previous_grade")))
        .withColumn("valid_from", lit(asOf))
        .withColumn("valid_to", last)
        .withColumn(Columns.GRADE, col("_now"))
        .withColumn("cause", lit("correction"));
  }

  private static Dataset<Row> daysAfter(Dataset<Row> wrong, Column last) {
    return wrong
        .where(last.isNotNull().and(col("valid_to").isNull().or(col("valid_to").gt(last))))
        .withColumn("previous_grade", col("_now"))
        .withColumn("valid_from", date_add(last, 1))
        .withColumn("cause", lit("correction"));
  }

  /** The grades on a date, one row per customer. */
  public static Dataset<Row> on(Dataset<Row> history, LocalDate date) {
    return history
        .where(col("restated_on").isNull())
        .where(col("valid_from").leq(lit(date)))
        .where(col("valid_to").isNull().or(col("valid_to").geq(lit(date))));
  }

  private static Dataset<Row> stated(Dataset<Row> rows, LocalDate asOf, String runId) {
    return rows.withColumn("valid_from", lit(asOf))
        .withColumn("valid_to", lit(null).cast("date"))
        .withColumn("restated_on", lit(null).cast("date"))
        .withColumn(Columns.RUN_ID, lit(runId))
        .selectExpr(COLUMNS);
  }
}
