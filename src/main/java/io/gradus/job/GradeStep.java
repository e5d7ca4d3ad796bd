package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.gradus.config.YamlReader;
import io.gradus.grade.Grader;
import io.gradus.grade.KeyAccountRules;
import io.gradus.grade.KeyAccounts;
import io.gradus.grade.Policy;
import io.gradus.grade.Ruler;
import io.gradus.grade.ShadowGrades;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunRef;
import io.gradus.monitor.Structure;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The grades of one night and what is told of them beside the customers. */
final class GradeStep {
  private final SparkSession spark;
  private final Lake lake;
  private final Policy policy;
  private final @Nullable Policy shadow;
  private final RunRef run;
  private @Nullable Ruler ruler;
  private @Nullable Ruler shadowRuler;

  GradeStep(SparkSession spark, Lake lake, GradingPolicies policies, RunRef run) {
    this.spark = spark;
    this.lake = lake;
    this.policy = policies.official();
    this.shadow = policies.shadow();
    this.run = run;
  }

  /** Takes the rulers of the policies, or cuts those that no night has cut; comes first. */
  void cutRulers(Dataset<Row> known) {
    ruler = Rulers.currentOrNew(lake, policy, known);
    shadowRuler = shadow == null ? null : Rulers.currentOrNew(lake, shadow, known);
  }

  /** The rulers as rows of {@code gold.policy_ruler}, the official one first. */
  Dataset<Row> rulers() {
    return Rulers.rows(spark, shadowRuler == null ? List.of(cut()) : List.of(cut(), shadowRuler));
  }

  /**
   * Customers with their grades, those of the shadow policy and, where the policy has gates, their
   * account and its tier.
   */
  Dataset<Row> grade(Dataset<Row> known) {
    Optional<LocalDate> before = previousDate();
    Dataset<Row> snapshot = before.map(this::snapshot).orElse(null);
    LocalDate date = before.orElse(null);
    Dataset<Row> graded = new Grader(policy, cut(), run.asOf()).grade(known, snapshot, date);
    if (shadow != null && shadowRuler != null) {
      Grader coming = new Grader(shadow, shadowRuler, run.asOf());
      graded = ShadowGrades.add(graded, known.columns(), coming, snapshot, date);
    }
    return policy.keyAccounts() == null
        ? graded
        : KeyAccounts.join(graded, KeyAccounts.of(gatesOn(known, graded), policy), policy);
  }

  /** The graded customers only where a gate is on a score, as they would be graded twice. */
  private Dataset<Row> gatesOn(Dataset<Row> known, Dataset<Row> graded) {
    Set<String> grades = new HashSet<>(Arrays.asList(graded.columns()));
    grades.removeAll(Arrays.asList(known.columns()));
    KeyAccountRules rules = policy.keyAccounts();
    return rules != null && rules.gates().stream().anyMatch(g -> grades.contains(g.column()))
        ? graded
        : known;
  }

  /**
   * The tables that keep every as-of date: accounts with their gates, the shadow's grades against
   * the official ones, and a policy's first night.
   */
  Map<TableSpec, Dataset<Row>> aggregates(Dataset<Row> graded) {
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    if (policy.keyAccounts() != null) {
      tables.put(
          Gold.KEY_ACCOUNT,
          KeyAccounts.of(graded, policy)
              .withColumn("_gate", explode(col(Columns.ACCOUNT_GATES)))
              .select(
                  col(Columns.ACCOUNT_ID),
                  col("customers"),
                  col(Columns.ACCOUNT_TIER),
                  col("_gate.*")));
    }
    List<Row> texts = new ArrayList<>();
    for (Policy each : shadow == null ? List.of(policy) : List.of(policy, shadow)) {
      if (!isKnown(each)) {
        texts.add(text(each));
      }
    }
    if (!texts.isEmpty()) {
      tables.put(Gold.POLICY, spark.createDataFrame(texts, Gold.POLICY.ownSchema()));
    }
    if (shadow != null) {
      tables.put(Gold.SHADOW_SUMMARY, Structure.shadowSummary(graded));
    }
    return tables;
  }

  /**
   * Why scores moved since the as-of date before; empty on the first night and when the policy of
   * that date was not kept.
   *
   * @param graded tonight's customers
   * @param days every purchase day as known tonight
   */
  Optional<Dataset<Row>> changes(Dataset<Row> graded, Dataset<Row> days) {
    return previousDate()
        .flatMap(
            before ->
                new ChangeStep(lake, policy, run)
                    .since(before, snapshot(before), graded, cut(), days));
  }

  private Dataset<Row> snapshot(LocalDate date) {
    return lake.readPublished(Gold.CUSTOMER_SNAPSHOT)
        .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(date)));
  }

  private Optional<LocalDate> previousDate() {
    return lake.published().published().stream()
        .map(Publication::asOf)
        .filter(date -> date.isBefore(run.asOf()))
        .max(Comparator.naturalOrder());
  }

  /** Whether another night has kept this version's text. */
  private boolean isKnown(Policy policy) {
    return lake.published().current().isPresent()
        && lake.exists(Gold.POLICY)
        && !lake.readPublished(Gold.POLICY)
            .where(col("policy").equalTo(policy.name()))
            .where(col("version").equalTo(policy.version()))
            .where(col(Columns.SNAPSHOT_DATE).notEqual(lit(run.asOf())))
            .isEmpty();
  }

  private static Row text(Policy policy) {
    return RowFactory.create(
        policy.name(),
        policy.version(),
        policy.title().en(),
        policy.title().zh(),
        policy.describe(),
        YamlReader.write(policy));
  }

  private Ruler cut() {
    if (ruler == null) {
      throw new IllegalStateException("cutRulers comes first");
    }
    return ruler;
  }
}
