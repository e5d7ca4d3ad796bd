package io.gradus.insight;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
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
 * Strategic fit by people's rating, 0 (none) to 5 (a partner of choice), each with rater, date and
 * expiry. The fit of a customer is the mean of the ratings in force.
 */
public final class StrategicFit {
  /** The rating 0..5. */
  public static final String RATING = "rating";

  /** Who rated. */
  public static final String RATER = "rater";

  /** The day of the rating. */
  public static final String RATED = "rated_on";

  /** The last day on which it counts. */
  public static final String EXPIRES = "expires_on";

  /** The feed: one row per customer, rater and day. */
  public static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(RATING, DataTypes.DoubleType)
          .add(RATER, DataTypes.StringType)
          .add(RATED, DataTypes.DateType)
          .add(EXPIRES, DataTypes.DateType);

  private static final double HIGHEST = 5;

  private StrategicFit() {}

  /**
   * Adds {@code strategic_fit}; NULL without a rating in force.
   *
   * @param ratings rows of {@link #SCHEMA}; those of later days are not known yet
   * @throws GradusException (input) when a rating is outside 0..5 or lacks rater, date or expiry
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> ratings, LocalDate asOf) {
    refuse(ratings);
    Dataset<Row> fit =
        ratings
            .where(col(RATED).leq(lit(asOf)).and(col(EXPIRES).geq(lit(asOf))))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(avg(RATING).as(Columns.STRATEGIC_FIT));
    return customers.join(fit, new String[] {Columns.CUSTOMER_ID}, "left");
  }

  private static void refuse(Dataset<Row> ratings) {
    Column right =
        col(Columns.CUSTOMER_ID)
            .isNotNull()
            .and(col(RATING).between(0, HIGHEST))
            .and(length(trim(col(RATER))).gt(0))
            .and(col(EXPIRES).geq(col(RATED)));
    List<Row> broken =
        ratings
            .where(coalesce(right, lit(false)).equalTo(false))
            .orderBy(Columns.CUSTOMER_ID, RATED)
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw GradusException.input(
          "strategic fit: the rating "
              + broken.get(0).getAs(RATING)
              + " of customer "
              + broken.get(0).getAs(Columns.CUSTOMER_ID)
              + " needs a value of 0..5, rater, rated_on and a later expires_on");
    }
  }
}
