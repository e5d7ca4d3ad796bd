package io.gradus.monitor;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What became of every customer between two snapshots, and why. */
public final class Moves {
  /** The grade of a customer who is not there. */
  public static final String NONE = "none";

  private static final int REVERSAL_DAYS = 30;

  /** What is compared; a column that the customers do not have is NULL. */
  private static final List<String> COMPARED =
      List.of(
          Columns.GRADE,
          Columns.GRADE_RAW,
          Columns.SPEND_365D,
          Columns.CHURN_PROBABILITY,
          Columns.DAYS_SINCE_LAST,
          Columns.OVERDUE_AFTER_DAYS,
          Columns.LAPSED_AFTER_DAYS,
          Columns.ACCOUNT_TIER,
          Columns.OVERRIDE_GRADE,
          Columns.CREDIT_STOP,
          Columns.OWNER,
          Columns.CUSTOMER_NAME);

  private Moves() {}

  /**
   * One row per customer of either snapshot: both values of every compared column, the older one as
   * {@code before_…}, with {@code direction} and {@code cause}.
   *
   * @param before customers of the older snapshot
   * @param now customers of the newer one
   * @param causes rows of {@code gold.grade_change} between the two; empty when the policy of the
   *     older one was not kept
   * @param grades the policy's grades, best first
   */
  public static Dataset<Row> between(
      Dataset<Row> before, Dataset<Row> now, Optional<Dataset<Row>> causes, List<String> grades) {
    Dataset<Row> both =
        compared(now, "")
            .join(compared(before, "before_"), new String[] {Columns.CUSTOMER_ID}, "full")
            .withColumn("direction", direction(grades));
    return causes
        .map(split -> both.join(largest(split, grades), new String[] {Columns.CUSTOMER_ID}, "left"))
        .orElseGet(() -> both.withColumn("_cause", lit("policy")))
        .withColumn("cause", cause())
        .drop("_cause");
  }

  /**
   * Rows of {@code gold.grade_migration} without their date.
   *
   * @param moves of {@link #between}
   * @param history rows of {@code gold.customer_grade_history} as of the older snapshot
   * @param previous date of the older snapshot
   * @param asOf date of the newer one
   */
  public static Dataset<Row> migration(
      Dataset<Row> moves, Dataset<Row> history, LocalDate previous, LocalDate asOf) {
    Dataset<Row> recent =
        history
            .where(col("restated_on").isNull())
            .where(col("valid_from").leq(lit(previous)))
            .where(col("valid_to").isNull().or(col("valid_to").geq(lit(previous))))
            .where(col("previous_grade").isNotNull())
            .where(datediff(lit(asOf), col("valid_from")).leq(REVERSAL_DAYS))
            .select(col(Columns.CUSTOMER_ID), col("previous_grade").as("_taken_from"));
    return moves
        .join(recent, new String[] {Columns.CUSTOMER_ID}, "left")
        .groupBy(
            coalesce(col("before_grade"), lit(NONE)).as("from_grade"),
            coalesce(col(Columns.GRADE), lit(NONE)).as("to_grade"),
            col("direction"),
            col("cause"))
        .agg(
            count(lit(1)).as("customers"),
            money("before_" + Columns.SPEND_365D).as("revenue_before"),
            money(Columns.SPEND_365D).as("revenue_365d"),
            sum(when(
                        col("direction")
                            .isin("up", "down")
                            .and(col("_taken_from").equalTo(col(Columns.GRADE))),
                        1L)
                    .otherwise(0L))
                .as("reversals"))
        .withColumn("previous_date", lit(previous));
  }

  private static Column money(String column) {
    return Money.fromCents(sum(coalesce(Money.toCents(col(column)), lit(0L))));
  }

  private static Dataset<Row> compared(Dataset<Row> customers, String prefix) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(Columns.CUSTOMER_ID));
    List<String> present = Scopes.present(customers, COMPARED);
    for (String name : COMPARED) {
      boolean stop = name.equals(Columns.CREDIT_STOP);
      Column absent = lit(null).cast(stop ? "boolean" : "string");
      columns.add((present.contains(name) ? col(name) : absent).as(prefix + name));
    }
    return customers.select(columns.toArray(Column[]::new));
  }

  private static Column direction(List<String> grades) {
    Column now = place(col(Columns.GRADE), grades);
    Column before = place(col("before_grade"), grades);
    return when(col("before_grade").isNull(), "new")
        .when(col(Columns.GRADE).isNull(), "gone")
        .when(col(Columns.GRADE).equalTo(col("before_grade")), "same")
        .when(now.lt(before), "up")
        .otherwise("down");
  }

  private static Column place(Column grade, List<String> grades) {
    return functions.array_position(lit(grades.toArray(String[]::new)), grade);
  }

  /**
   * Where tonight's figures alone gave this grade before as well, what moved it lies earlier and
   * has been confirmed now.
   */
  private static Column cause() {
    Column overridden = coalesce(col(Columns.OVERRIDE_GRADE), lit(""));
    Column overriddenBefore = coalesce(col("before_" + Columns.OVERRIDE_GRADE), lit(""));
    Column stopped = coalesce(col(Columns.CREDIT_STOP), lit(false));
    Column stoppedBefore = coalesce(col("before_" + Columns.CREDIT_STOP), lit(false));
    return when(col("direction").equalTo("same"), NONE)
        .when(col("direction").equalTo("new"), "new")
        .when(col("direction").equalTo("gone"), "correction")
        .when(overridden.notEqual(overriddenBefore), "override")
        .when(stopped.notEqual(stoppedBefore), "credit_stop")
        .when(col("before_" + Columns.GRADE_RAW).equalTo(col(Columns.GRADE)), "confirmed")
        .otherwise(coalesce(col("_cause"), lit("behaviour")));
  }

  /**
   * The largest of the parts that point the way the grade went; where none does, others moved past.
   */
  private static Dataset<Row> largest(Dataset<Row> split, List<String> grades) {
    Column up = place(col(Columns.GRADE), grades).lt(place(col(Columns.GRADE_BEFORE), grades));
    Column sign = when(up, 1.0).otherwise(-1.0);
    Column policy = col(Columns.CHANGE_BY_POLICY).multiply(sign);
    Column ruler = col(Columns.CHANGE_BY_RULER).multiply(sign);
    Column correction = col(Columns.CHANGE_BY_CORRECTION).multiply(sign);
    Column behaviour = col(Columns.CHANGE_BY_BEHAVIOUR).multiply(sign);
    Column most = greatest(policy, ruler, correction, behaviour);
    return split
        .where(col(Columns.GRADE_BEFORE).notEqual(col(Columns.GRADE)))
        .select(
            col(Columns.CUSTOMER_ID),
            when(most.leq(0), "peers")
                .when(most.equalTo(policy), "policy")
                .when(most.equalTo(ruler), "ruler")
                .when(most.equalTo(correction), "correction")
                .otherwise("behaviour")
                .as("_cause"));
  }
}
