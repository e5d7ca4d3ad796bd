package io.gradus.grade;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Grades set by hand. Each carries an author, a reason, its first day and its last; without them,
 * or for longer than {@value #LONGEST_DAYS} days, it is refused. The system's own grade goes on
 * beside it.
 */
public final class Overrides {
  /** Days that an override may last at most. */
  public static final int LONGEST_DAYS = 366;

  /** The columns of the feed. */
  public static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(Columns.OVERRIDE_GRADE, DataTypes.StringType)
          .add(Columns.OVERRIDE_AUTHOR, DataTypes.StringType)
          .add(Columns.OVERRIDE_REASON, DataTypes.StringType)
          .add("override_from", DataTypes.DateType)
          .add(Columns.OVERRIDE_UNTIL, DataTypes.DateType);

  private static final String FROM = "override_from";
  private static final String NEWEST = "_newest";

  private Overrides() {}

  /**
   * Adds {@code override_grade, override_author, override_reason, override_until} of the override
   * that is in force; the one that began last where several are.
   *
   * @param overrides rows of {@link #SCHEMA}; those that begin later are not known yet
   * @throws GradusException (input) when an override lacks author, reason or expiry, lasts too
   *     long, ends before it begins or names a grade that the policy does not have
   */
  public static Dataset<Row> join(
      Dataset<Row> customers, Dataset<Row> overrides, Policy policy, LocalDate asOf) {
    refuse(overrides, policy);
    Column order =
        struct(
            col(FROM),
            col(Columns.OVERRIDE_UNTIL),
            col(Columns.OVERRIDE_GRADE),
            col(Columns.OVERRIDE_AUTHOR),
            col(Columns.OVERRIDE_REASON));
    Dataset<Row> inForce =
        overrides
            .where(col(FROM).leq(lit(asOf)).and(col(Columns.OVERRIDE_UNTIL).geq(lit(asOf))))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(max(order).as(NEWEST))
            .select(
                col(Columns.CUSTOMER_ID),
                newest(Columns.OVERRIDE_GRADE),
                newest(Columns.OVERRIDE_AUTHOR),
                newest(Columns.OVERRIDE_REASON),
                newest(Columns.OVERRIDE_UNTIL));
    return customers.join(inForce, new String[] {Columns.CUSTOMER_ID}, "left");
  }

  private static Column newest(String column) {
    return col(NEWEST + "." + column).as(column);
  }

  private static Column broken(Policy policy) {
    Column days = datediff(col(Columns.OVERRIDE_UNTIL), col(FROM));
    Column right =
        isFilled(Columns.OVERRIDE_AUTHOR)
            .and(isFilled(Columns.OVERRIDE_REASON))
            .and(col(Columns.OVERRIDE_GRADE).isin(policy.codes().toArray()))
            .and(days.between(0, LONGEST_DAYS));
    return coalesce(right, lit(false)).equalTo(false);
  }

  private static Column isFilled(String column) {
    return length(trim(col(column))).gt(0);
  }

  /**
   * Refuses overrides that {@link #join} refuses.
   *
   * @throws GradusException (input) naming the first
   */
  public static void refuse(Dataset<Row> overrides, Policy policy) {
    Dataset<Row> broken = overrides.where(broken(policy));
    List<Row> first = broken.orderBy(Columns.CUSTOMER_ID).limit(1).collectAsList();
    if (!first.isEmpty()) {
      Row row = first.get(0);
      throw GradusException.input(
          "overrides: customer "
              + row.getAs(Columns.CUSTOMER_ID)
              + " with grade "
              + row.getAs(Columns.OVERRIDE_GRADE)
              + " needs a grade of the policy, author, reason, override_from and override_until at"
              + " most "
              + LONGEST_DAYS
              + " days later");
    }
  }
}
