package io.gradus.grade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.gradus.table.Columns;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Why a score moved between two dates: the four causes are changed one after the other, so that the
 * parts add up to the whole.
 *
 * <ol>
 *   <li>correction: the old date's figures as they are known now, against as they were published;
 *   <li>behaviour: the new date's figures on the old policy and ruler;
 *   <li>ruler: the same figures on the new ruler, of the indicators that both policies have;
 *   <li>policy: the new policy.
 * </ol>
 *
 * <p>Scores are on a grid of millionths and the parts DECIMAL(9,6), so the sum is exact.
 */
public final class GradeChange {
  private static final StructType SCHEMA =
      new StructType()
          .add(Columns.SCORE_BEFORE, DataTypes.createDecimalType(9, 6))
          .add(Columns.SCORE_AFTER, DataTypes.createDecimalType(9, 6))
          .add(Columns.CHANGE_BY_CORRECTION, DataTypes.createDecimalType(9, 6))
          .add(Columns.CHANGE_BY_BEHAVIOUR, DataTypes.createDecimalType(9, 6))
          .add(Columns.CHANGE_BY_RULER, DataTypes.createDecimalType(9, 6))
          .add(Columns.CHANGE_BY_POLICY, DataTypes.createDecimalType(9, 6));

  private GradeChange() {}

  /** A policy with the ruler it is used with. */
  public record Rule(Policy policy, Ruler ruler) implements Serializable {}

  /**
   * One row per customer known on both dates: {@code customer_id, grade_before, grade,
   * score_before, score_after, change_by_correction, change_by_behaviour, change_by_ruler,
   * change_by_policy}; customers without a score on either side are left out.
   *
   * @param published the old date's customers as published then
   * @param restated the old date's customers from the data as known now; the same object as {@code
   *     published} when nothing was restated, which saves a join
   * @param current the new date's customers
   * @param before policy and ruler of the old date
   * @param after policy and ruler of the new date
   */
  public static Dataset<Row> split(
      Dataset<Row> published,
      Dataset<Row> restated,
      Dataset<Row> current,
      Rule before,
      Rule after) {
    Inputs old = new Inputs(before.policy(), published.schema());
    Inputs fresh = new Inputs(after.policy(), current.schema());
    Dataset<Row> then =
        published.select(
            id(), col(Columns.GRADE).as(Columns.GRADE_BEFORE), facts(old, before).as("_then"));
    Inputs corrected = new Inputs(before.policy(), restated.schema());
    Dataset<Row> joined =
        (restated.equals(published)
                ? then.withColumn("_restated", col("_then"))
                : then.join(
                    restated.select(id(), facts(corrected, before).as("_restated")),
                    Columns.CUSTOMER_ID))
            .join(
                current.select(
                    id(),
                    col(Columns.GRADE),
                    facts(new Inputs(before.policy(), current.schema()), before).as("_now"),
                    facts(fresh, after).as("_new")),
                Columns.CUSTOMER_ID);
    ScoreSteps steps = new ScoreSteps(before, old, after, fresh);
    UDF1<Row, Row> split = row -> steps.split(row);
    Column rows = struct(col("_then"), col("_restated"), col("_now"), col("_new"));
    return joined
        .select(
            id(),
            col(Columns.GRADE_BEFORE),
            col(Columns.GRADE),
            udf(split, SCHEMA).asNondeterministic().apply(rows).as("_change"))
        .where(col("_change").isNotNull())
        .select(id(), col(Columns.GRADE_BEFORE), col(Columns.GRADE), col("_change.*"));
  }

  private static Column id() {
    return col(Columns.CUSTOMER_ID);
  }

  private static Column facts(Inputs inputs, Rule rule) {
    return struct(Grader.scope(rule.policy()), inputs.values());
  }
}
