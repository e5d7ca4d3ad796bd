package io.gradus.ml.rfm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.ml.InputColumns;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns scores into segments by a table of rules over 25 cells: recency score × round((F + M) / 2),
 * halves up. A table is accepted only when every cell belongs to exactly one rule.
 */
public final class RfmSegments {
  private static final String RANK = "segment_rank";

  private final List<RfmSegmentRule> rules;
  private final RfmSegmentRule[] cells;

  private RfmSegments(List<RfmSegmentRule> rules) {
    this.rules = List.copyOf(rules);
    this.cells = prove(this.rules);
    requireOneTranslation(this.rules);
  }

  /** The ten standard segments, best first. */
  public static RfmSegments standard() {
    return new RfmSegments(
        List.of(
            new RfmSegmentRule("Champions", "冠军客户", 5, 5, 4, 5),
            new RfmSegmentRule("Loyal", "忠诚客户", 3, 4, 4, 5),
            new RfmSegmentRule("Active", "活跃客户", 4, 5, 3, 3),
            new RfmSegmentRule("New", "新客户", 5, 5, 1, 2),
            new RfmSegmentRule("Promising", "潜力客户", 4, 4, 1, 2),
            new RfmSegmentRule("Needs attention", "需关注客户", 3, 3, 3, 3),
            new RfmSegmentRule("Almost lost", "即将流失", 3, 3, 1, 2),
            new RfmSegmentRule("At risk", "流失风险", 1, 2, 3, 4),
            new RfmSegmentRule("Previously loyal", "昔日忠诚", 1, 2, 5, 5),
            new RfmSegmentRule("Dormant", "沉睡客户", 1, 2, 1, 2)));
  }

  /**
   * A table of own rules, in the order in which summaries list the segments.
   *
   * @throws IllegalArgumentException naming the first cell without a rule or with two
   */
  public static RfmSegments of(List<RfmSegmentRule> rules) {
    return new RfmSegments(rules);
  }

  /** The rules in order. */
  public List<RfmSegmentRule> rules() {
    return rules;
  }

  /**
   * Adds {@code rfm_cell} (the three scores side by side; "545"), {@code rfm_segment} and {@code
   * rfm_segment_zh} to rows with the three scores.
   */
  public Dataset<Row> assign(Dataset<Row> scored) {
    InputColumns.requireNumeric(scored.schema(), RfmScorerParams.OUTPUTS);
    Column value =
        expr("(" + Columns.F_SCORE + " + " + Columns.M_SCORE + " + 1) div 2").cast("int");
    Column recency = col(Columns.R_SCORE);
    Column cell = recency.minus(1).multiply(5).plus(value).cast("int");
    Column[] english = new Column[25];
    Column[] chinese = new Column[25];
    for (int i = 0; i < cells.length; i++) {
      english[i] = lit(cells[i].name());
      chinese[i] = lit(cells[i].nameZh());
    }
    return scored
        .withColumn(
            Columns.RFM_CELL,
            concat(text(Columns.R_SCORE), text(Columns.F_SCORE), text(Columns.M_SCORE)))
        .withColumn(Columns.RFM_SEGMENT, element_at(array(english), cell))
        .withColumn(Columns.RFM_SEGMENT_ZH, element_at(array(chinese), cell));
  }

  private static Column text(String score) {
    return col(score).cast("int").cast("string");
  }

  /**
   * One row per segment of the table, empty ones included: {@code segment_rank, rfm_segment,
   * rfm_segment_zh, customers, customer_share, revenue, revenue_share, mean_days_since_last,
   * mean_purchases, mean_revenue}. Revenue is net in the window; means are NULL for an empty
   * segment, the revenue share is NULL when total revenue is not positive.
   *
   * @param assigned the output of {@link #assign}
   * @param windowDays the scorer's window
   */
  public Dataset<Row> summary(Dataset<Row> assigned, int windowDays) {
    String spend = "spend_" + windowDays + "d";
    Dataset<Row> groups =
        assigned
            .groupBy(Columns.RFM_SEGMENT)
            .agg(
                count(lit(1)).as("customers"),
                sum(spend).cast("decimal(18,2)").as("revenue"),
                avg(Columns.DAYS_SINCE_LAST).as("mean_days_since_last"),
                avg("purchases_" + windowDays + "d").as("mean_purchases"));
    Dataset<Row> filled =
        segmentRows(assigned)
            .join(groups, new String[] {Columns.RFM_SEGMENT}, "left")
            .withColumn("customers", coalesce(col("customers"), lit(0L)))
            .withColumn("revenue", coalesce(col("revenue"), lit(0).cast("decimal(18,2)")));
    Dataset<Row> totals =
        filled.agg(sum("customers").as("all_customers"), sum("revenue").as("all_revenue"));
    return filled
        .crossJoin(broadcast(totals))
        .select(
            col(RANK),
            col(Columns.RFM_SEGMENT),
            col(Columns.RFM_SEGMENT_ZH),
            col("customers"),
            share("customers", "all_customers").as("customer_share"),
            col("revenue"),
            share("revenue", "all_revenue").as("revenue_share"),
            col("mean_days_since_last"),
            col("mean_purchases"),
            when(col("customers").gt(0), col("revenue").divide(col("customers")))
                .cast("decimal(18,2)")
                .as("mean_revenue"))
        .orderBy(RANK);
  }

  private static Column share(String part, String whole) {
    return when(col(whole).gt(0), col(part).cast("double").divide(col(whole).cast("double")));
  }

  private Dataset<Row> segmentRows(Dataset<Row> assigned) {
    Map<String, String> segments = new LinkedHashMap<>();
    rules.forEach(rule -> segments.putIfAbsent(rule.name(), rule.nameZh()));
    List<Row> rows = new ArrayList<>();
    segments.forEach((name, zh) -> rows.add(RowFactory.create(rows.size() + 1, name, zh)));
    StructType schema =
        new StructType()
            .add(RANK, DataTypes.IntegerType, false)
            .add(Columns.RFM_SEGMENT, DataTypes.StringType, false)
            .add(Columns.RFM_SEGMENT_ZH, DataTypes.StringType, false);
    return assigned.sparkSession().createDataFrame(rows, schema);
  }

  private static RfmSegmentRule[] prove(List<RfmSegmentRule> rules) {
    RfmSegmentRule[] cells = new RfmSegmentRule[25];
    for (int recency = 1; recency <= 5; recency++) {
      for (int value = 1; value <= 5; value++) {
        cells[(recency - 1) * 5 + value - 1] = only(rules, recency, value);
      }
    }
    return cells;
  }

  private static RfmSegmentRule only(List<RfmSegmentRule> rules, int recency, int value) {
    List<RfmSegmentRule> matching = rules.stream().filter(r -> r.covers(recency, value)).toList();
    if (matching.size() != 1) {
      throw new IllegalArgumentException(
          "RFM segment table: recency "
              + recency
              + ", value "
              + value
              + (matching.isEmpty()
                  ? " belongs to no rule"
                  : " belongs to two rules, '"
                      + matching.get(0).name()
                      + "' and '"
                      + matching.get(1).name()
                      + "'"));
    }
    return matching.get(0);
  }

  private static void requireOneTranslation(List<RfmSegmentRule> rules) {
    Map<String, String> names = new LinkedHashMap<>();
    for (RfmSegmentRule rule : rules) {
      String known = names.putIfAbsent(rule.name(), rule.nameZh());
      if (known != null && !known.equals(rule.nameZh())) {
        throw new IllegalArgumentException(
            "RFM segment '"
                + rule.name()
                + "' has two Chinese names, "
                + known
                + " and "
                + rule.nameZh());
      }
    }
  }
}
