package io.gradus.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Amounts of other currencies in the lake's, at the rate of their day. */
public final class FxRates {
  private static final String RATE = "rate";
  private static final String CURRENCY = "_fx_currency";
  private static final String FROM = "_fx_from";
  private static final String UNTIL = "_fx_until";

  private FxRates() {}

  /**
   * The transactions with {@code amount} and {@code currency} in the lake's currency. The rate of a
   * day is the last one of that day or before, so that no later rate leaks in; the amount is
   * rounded half up to the cent. Rows without such a rate keep their currency and get the reason
   * {@value Reasons#NO_RATE}.
   *
   * @param transactions rows with day, amount, currency and reason
   * @param rates currency, day and rate, one unit of the currency in the lake's; at most one a day
   * @param currency the lake's currency
   * @throws GradusException (input) when a rate is not above 0 or a day has two
   */
  public static Dataset<Row> convert(
      Dataset<Row> transactions, Dataset<Row> rates, String currency) {
    refuse(rates);
    Column next =
        lead(Columns.DAY, 1).over(Window.partitionBy(Columns.CURRENCY).orderBy(Columns.DAY));
    Dataset<Row> spans =
        rates.select(
            col(Columns.CURRENCY).as(CURRENCY),
            col(Columns.DAY).as(FROM),
            next.as(UNTIL),
            col(RATE));
    Column foreign = col(Columns.CURRENCY).notEqual(currency);
    Column match =
        foreign
            .and(col(Columns.CURRENCY).equalTo(col(CURRENCY)))
            .and(col(Columns.DAY).geq(col(FROM)))
            .and(coalesce(col(Columns.DAY).lt(col(UNTIL)), lit(true)));
    Dataset<Row> joined = transactions.join(broadcast(spans), match, "left");
    Column rate = col(RATE).cast(DataTypes.createDecimalType(18, 9));
    Column[] columns =
        Arrays.stream(transactions.columns())
            .map(
                name ->
                    switch (name) {
                      case Columns.AMOUNT ->
                          when(col(RATE).isNull(), col(name))
                              .otherwise(col(name).multiply(rate).cast(TableSpec.MONEY))
                              .as(name);
                      case Columns.CURRENCY ->
                          when(col(RATE).isNull(), col(name)).otherwise(currency).as(name);
                      case Columns.REASON ->
                          coalesce(
                                  col(name), when(foreign.and(col(RATE).isNull()), Reasons.NO_RATE))
                              .as(name);
                      default -> col(name);
                    })
            .toArray(Column[]::new);
    return joined.select(columns);
  }

  private static void refuse(Dataset<Row> rates) {
    List<Row> broken =
        rates
            .groupBy(Columns.CURRENCY, Columns.DAY)
            .agg(
                org.apache.spark.sql.functions.count(lit(1)).as("n"),
                org.apache.spark.sql.functions.min(RATE).as(RATE))
            .where(col("n").gt(1).or(coalesce(col(RATE).gt(0), lit(false)).equalTo(false)))
            .orderBy(Columns.CURRENCY, Columns.DAY)
            .limit(1)
            .collectAsList();
    if (!broken.isEmpty()) {
      throw GradusException.input(
          "fx: "
              + broken.get(0).getAs(Columns.CURRENCY)
              + " on "
              + broken.get(0).getAs(Columns.DAY)
              + " needs exactly one rate above 0");
    }
  }
}
