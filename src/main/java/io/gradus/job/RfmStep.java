package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.config.RfmSettings;
import io.gradus.error.GradusException;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.Publications;
import io.gradus.ml.rfm.RfmCutPoint;
import io.gradus.ml.rfm.RfmMeasure;
import io.gradus.ml.rfm.RfmScorer;
import io.gradus.ml.rfm.RfmScorerModel;
import io.gradus.ml.rfm.RfmSegmentRule;
import io.gradus.ml.rfm.RfmSegments;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Scores and segments of one night; in ruler mode by the cut-points that the lake publishes. */
final class RfmStep {
  private static final String WINDOW = "window_days";
  private static final String SCOPE_COLUMN = "scope_column";
  private final RfmSegments segments;
  private final RfmSettings settings;
  private final RfmScorerModel model;

  private RfmStep(RfmSettings settings, RfmScorerModel model) {
    this.segments = segments(settings);
    this.settings = settings;
    this.model = model;
  }

  /**
   * The segment table of the settings.
   *
   * @throws GradusException (usage) when a cell belongs to no segment or to two
   */
  static RfmSegments segments(RfmSettings settings) {
    if (settings.segments().isEmpty()) {
      return RfmSegments.standard();
    }
    try {
      return RfmSegments.of(settings.segments().stream().map(RfmStep::rule).toList());
    } catch (IllegalArgumentException e) {
      throw GradusException.usage("rfm.segments: " + e.getMessage());
    }
  }

  static RfmStep fit(Lake lake, RfmSettings settings, Dataset<Row> features) {
    RfmScorer scorer =
        new RfmScorer()
            .setMode(settings.mode().name().toLowerCase(Locale.ROOT))
            .setWindowDays(settings.windowDays());
    String scope = settings.scope();
    if (scope != null) {
      requireColumn(features, scope);
      scorer.setScopeCol(scope);
    }
    RfmSettings.Cuts cuts = settings.cuts();
    if (cuts != null) {
      scorer.setFixedCuts(
          numbers(cuts.recency()), numbers(cuts.frequency()), numbers(cuts.monetary()));
    }
    if (settings.mode() == RfmSettings.Mode.RULER) {
      List<RfmCutPoint> frozen = published(lake, settings);
      if (!frozen.isEmpty()) {
        scorer.setRuler(frozen);
      }
    }
    return new RfmStep(settings, scorer.fit(features));
  }

  private static RfmSegmentRule rule(RfmSettings.Segment segment) {
    return new RfmSegmentRule(
        segment.name(),
        segment.nameZh(),
        segment.recency().get(0),
        segment.recency().get(1),
        segment.value().get(0),
        segment.value().get(1));
  }

  private static void requireColumn(Dataset<Row> features, String scope) {
    List<String> columns = Arrays.asList(features.columns());
    if (!columns.contains(scope)) {
      throw GradusException.usage(
          "rfm.scope: customers have no column '"
              + scope
              + "'; industry, region and customer_type come with a customer master");
    }
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  Dataset<Row> transform(Dataset<Row> features) {
    return segments.assign(model.transform(features));
  }

  Dataset<Row> summary(Dataset<Row> graded) {
    return segments.summary(graded, settings.windowDays());
  }

  Dataset<Row> cutPoints(SparkSession spark) {
    List<Row> rows =
        model.cutPoints().stream()
            .map(
                cut ->
                    RowFactory.create(
                        cut.scope(),
                        cut.measure().column(),
                        cut.score(),
                        cut.threshold(),
                        cut.customers(),
                        settings.windowDays(),
                        settings.scope()))
            .toList();
    return spark.createDataFrame(rows, Gold.RFM_CUTPOINT.ownSchema());
  }

  /** The cut-points of the newest night if they were cut for this window and scope. */
  private static List<RfmCutPoint> published(Lake lake, RfmSettings settings) {
    Publications moment = lake.published();
    Optional<LocalDate> newest =
        moment.published().stream().map(Publication::asOf).max(Comparator.naturalOrder());
    if (newest.isEmpty()) {
      return List.of();
    }
    return lake
        .readPublished(Gold.RFM_CUTPOINT, moment)
        .where(
            col(Columns.SNAPSHOT_DATE)
                .equalTo(lit(newest.get()))
                .and(col(WINDOW).equalTo(settings.windowDays()))
                .and(col(SCOPE_COLUMN).eqNullSafe(settings.scope())))
        .orderBy("scope", "measure", "score")
        .collectAsList()
        .stream()
        .map(
            row ->
                new RfmCutPoint(
                    row.getAs("scope"),
                    measure(row.getAs("measure")),
                    row.<Integer>getAs("score"),
                    row.getAs("threshold"),
                    row.<Long>getAs("customers")))
        .toList();
  }

  private static RfmMeasure measure(String column) {
    for (RfmMeasure measure : RfmMeasure.values()) {
      if (measure.column().equals(column)) {
        return measure;
      }
    }
    throw new IllegalStateException("rfm_cutpoint has an unknown measure " + column);
  }
}
