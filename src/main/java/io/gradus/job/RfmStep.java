package io.gradus.job;

import io.gradus.config.RfmSettings;
import io.gradus.lake.Lake;
import io.gradus.ml.rfm.RfmCutPoint;
import io.gradus.ml.rfm.RfmMeasure;
import io.gradus.ml.rfm.RfmScorer;
import io.gradus.ml.rfm.RfmScorerModel;
import io.gradus.ml.rfm.RfmSegments;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Scores and segments of one night; in ruler mode by the cut-points that the lake publishes. */
final class RfmStep {
  private static final StructType CUT_POINTS =
      new StructType()
          .add("scope", DataTypes.StringType)
          .add("measure", DataTypes.StringType)
          .add("score", DataTypes.IntegerType)
          .add("threshold", DataTypes.DoubleType)
          .add("customers", DataTypes.LongType);

  private final RfmSegments segments = RfmSegments.standard();
  private final RfmSettings settings;
  private final RfmScorerModel model;

  private RfmStep(RfmSettings settings, RfmScorerModel model) {
    this.settings = settings;
    this.model = model;
  }

  static RfmStep fit(Lake lake, RfmSettings settings, Dataset<Row> features) {
    RfmScorer scorer =
        new RfmScorer()
            .setMode(settings.mode().name().toLowerCase(Locale.ROOT))
            .setWindowDays(settings.windowDays());
    if (settings.mode() == RfmSettings.Mode.RULER && lake.published().current().isPresent()) {
      List<RfmCutPoint> frozen = published(lake);
      if (!frozen.isEmpty()) {
        scorer.setRuler(frozen);
      }
    }
    return new RfmStep(settings, scorer.fit(features));
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
                        cut.customers()))
            .toList();
    return spark.createDataFrame(rows, CUT_POINTS);
  }

  /**
   * The cut-points of the newest snapshot; the window they were cut for is part of the run's
   * settings.
   */
  private static List<RfmCutPoint> published(Lake lake) {
    Dataset<Row> all = lake.readPublished(Gold.RFM_CUTPOINT);
    Row newest = all.agg(org.apache.spark.sql.functions.max(Columns.SNAPSHOT_DATE)).head();
    if (newest.isNullAt(0)) {
      return List.of();
    }
    return all
        .where(all.col(Columns.SNAPSHOT_DATE).equalTo(newest.get(0)))
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
