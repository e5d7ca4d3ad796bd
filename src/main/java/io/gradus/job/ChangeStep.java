package io.gradus.job;

import static io.gradus.table.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.config.YamlReader;
import io.gradus.feature.CustomerFeatures;
import io.gradus.grade.GradeChange;
import io.gradus.grade.GradeChange.Rule;
import io.gradus.grade.Policy;
import io.gradus.grade.Ruler;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.Money;
import io.gradus.table.TableRows;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Why scores moved since an as-of date: {@link GradeChange} on what the lake keeps of that date.
 */
final class ChangeStep {
  private static final int HASH_BITS = 0xFFFF;

  private final Lake lake;
  private final Policy policy;
  private final RunRef run;

  ChangeStep(Lake lake, Policy policy, RunRef run) {
    this.lake = lake;
    this.policy = policy;
    this.run = run;
  }

  /** Rows of {@code gold.grade_change}; empty when the policy of that date was not kept. */
  Optional<Dataset<Row>> since(
      LocalDate before,
      Dataset<Row> published,
      Dataset<Row> graded,
      Ruler ruler,
      Dataset<Row> days) {
    List<Row> rows = officialRuler(before);
    Optional<Policy> old = rows.isEmpty() ? Optional.empty() : policyOf(rows.get(0));
    if (old.isEmpty()) {
      return Optional.empty();
    }
    Rule then = new Rule(old.get(), Rulers.ofRows(old.get(), rows));
    // Rounded as the date before was when it was written, so that rounding is no behaviour.
    Dataset<Row> current =
        TableRows.of(
            Gold.CUSTOMER_SNAPSHOT,
            graded.withColumn(Columns.CURRENCY, lit("")),
            run.asOf(),
            run.runId());
    Dataset<Row> restated =
        isCorrected(before, published, days) ? restated(before, published, days) : published;
    return Optional.of(
        GradeChange.split(published, restated, current, then, new Rule(policy, ruler))
            .withColumn("previous_date", lit(before))
            .withColumn("policy_before", lit(then.policy().label()))
            .withColumn("policy_after", lit(policy.label())));
  }

  /** The rows of the ruler that comes first; that of a shadow policy follows it. */
  private List<Row> officialRuler(LocalDate before) {
    List<Row> rows =
        lake.readPublished(Gold.POLICY_RULER)
            .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(before)))
            .orderBy("position")
            .collectAsList();
    return rows.stream()
        .filter(row -> row.getAs("policy").equals(rows.get(0).getAs("policy")))
        .filter(row -> row.getAs("version").equals(rows.get(0).getAs("version")))
        .toList();
  }

  private Optional<Policy> policyOf(Row ruler) {
    String name = ruler.getAs("policy");
    int version = ruler.getAs("version");
    if (policy.name().equals(name) && policy.version() == version) {
      return Optional.of(policy);
    }
    if (!lake.exists(Gold.POLICY)) {
      return Optional.empty();
    }
    return lake
        .readPublished(Gold.POLICY)
        .where(col("policy").equalTo(name).and(col("version").equalTo(version)))
        .orderBy(col(Columns.SNAPSHOT_DATE).desc())
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst()
        .map(row -> YamlReader.read("gold.policy", row.getAs("text"), Map.of(), Policy.class));
  }

  /**
   * Whether money until the date is another than was published, for any customer: the sums of the
   * amounts weighted by a hash of their customer are linear, so that no customer need be grouped.
   */
  private static boolean isCorrected(LocalDate before, Dataset<Row> published, Dataset<Row> days) {
    Row then = checksum(published, Columns.NET_TOTAL, sum(Columns.PURCHASE_DAYS));
    Row now =
        checksum(
            days.where(col(Columns.DAY).leq(lit(before))),
            Columns.NET_AMOUNT,
            count(when(col(Columns.NET_AMOUNT).gt(0), 1)));
    return !then.equals(now);
  }

  private static Row checksum(Dataset<Row> rows, String money, Column purchases) {
    Column weight = xxhash64(col(CUSTOMER_ID)).bitwiseAND(HASH_BITS);
    Column weighted =
        weight
            .cast(DataTypes.createDecimalType(6, 0))
            .multiply(Money.toCents(col(money)).cast(DataTypes.createDecimalType(19, 0)));
    return rows.agg(
            coalesce(sum(weighted).cast("string"), lit("0")),
            coalesce(purchases.cast("long"), lit(0L)))
        .head();
  }

  /** The date's customers with the counts and sums of the data as known now; models as then. */
  private Dataset<Row> restated(LocalDate before, Dataset<Row> published, Dataset<Row> days) {
    Dataset<Row> features = CustomerFeatures.at(days, before);
    List<String> kept = Arrays.asList(published.columns());
    String[] renewed =
        Arrays.stream(features.columns())
            .filter(name -> !name.equals(CUSTOMER_ID) && kept.contains(name))
            .toArray(String[]::new);
    return published.drop(renewed).join(features, new String[] {CUSTOMER_ID}, "left");
  }
}
