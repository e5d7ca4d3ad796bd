package io.gradus.notebook;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.ml.cluster.ClusterFeature;
import io.gradus.ml.cluster.ClusterInfo;
import io.gradus.ml.cluster.ClusterSearchRow;
import io.gradus.ml.cluster.CustomerClustersModel;
import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The usual pictures of a clustering. */
public final class ClusterPlots {
  private static final String SCALED = "scaled_features";
  private static final String COMPONENTS = "principal_components";

  private ClusterPlots() {}

  /** Elbow, silhouette, repeatability and gap over the number of clusters. */
  public static Html search(List<ClusterSearchRow> rows) {
    double[] k = values(rows, ClusterSearchRow::k);
    double chosen =
        rows.stream().filter(ClusterSearchRow::chosen).mapToDouble(ClusterSearchRow::k).sum();
    return Html.row(
        plot("Elbow", "squared distances to the centres", chosen)
            .line("within", k, values(rows, ClusterSearchRow::withinSquares))
            .html(),
        plot("Silhouette", "mean silhouette", chosen)
            .line("silhouette", k, values(rows, ClusterSearchRow::silhouette))
            .html(),
        plot("Repeatability over bootstraps", "agreement", chosen)
            .fromZero()
            .line("adjusted Rand", k, values(rows, ClusterSearchRow::adjustedRand))
            .line("least Jaccard", k, values(rows, ClusterSearchRow::smallestJaccard))
            .reference("Rand limit", k, same(k, ClusterSearchRow.LEAST_ADJUSTED_RAND))
            .reference("Jaccard limit", k, same(k, ClusterSearchRow.LEAST_JACCARD))
            .html(),
        plot("Gap statistic", "gap", chosen)
            .line("gap", k, values(rows, ClusterSearchRow::gap))
            .reference(
                "less one standard error", k, values(rows, r -> r.gap() - r.gapStandardError()))
            .html());
  }

  /**
   * Customers on the first two principal components of the scaled features, by cluster.
   *
   * @param assigned the output of the model
   * @param most points shown, those with the smallest hashes of their ids
   */
  public static Plot map(CustomerClustersModel model, Dataset<Row> assigned, int most) {
    Dataset<Row> sample =
        model
            .scaled(assigned.where(col(Columns.CLUSTER_KEY).isNotNull()), SCALED)
            .select(col(Columns.CUSTOMER_ID), col(Columns.CLUSTER_KEY), col(SCALED))
            .orderBy(xxhash64(col(Columns.CUSTOMER_ID)), col(Columns.CUSTOMER_ID))
            .limit(most)
            .cache();
    Dataset<Row> projected =
        new PCA()
            .setInputCol(SCALED)
            .setOutputCol(COMPONENTS)
            .setK(2)
            .fit(sample)
            .transform(sample)
            .withColumn("pc", functions.vector_to_array(col(COMPONENTS), "float64"));
    Plot plot =
        new Plot("Clusters on two principal components", "first component", "second component")
            .wide(760);
    for (ClusterInfo cluster : model.clusters()) {
      Frame points =
          Frame.of(
              projected
                  .where(col(Columns.CLUSTER_KEY).equalTo(cluster.key()))
                  .selectExpr("pc[0] AS x", "pc[1] AS y"));
      plot.points(cluster.key() + " " + cluster.name(), points.numbers("x"), points.numbers("y"));
    }
    sample.unpersist();
    return plot;
  }

  /** Each cluster's features in standard deviations from the population's mean. */
  public static Html profile(CustomerClustersModel model, Dataset<Row> assigned) {
    Frame profile = Frame.of(model.profile(assigned));
    List<String> keys = model.clusters().stream().map(ClusterInfo::key).toList();
    List<String> features = model.features().stream().map(ClusterFeature::column).toList();
    return Grid.divergingMap(
        "Profiles: standard deviations from the mean",
        model.clusters().stream().map(c -> c.key() + " " + c.name()).toList(),
        features,
        profile.matrix(Columns.CLUSTER_KEY, keys, "feature", features, "z_score"),
        "%+.1f");
  }

  private static Plot plot(String title, String yLabel, double chosen) {
    Plot plot = new Plot(title, "number of clusters", yLabel).wide(400);
    return chosen > 0 ? plot.mark(chosen, "chosen") : plot;
  }

  private static double[] values(
      List<ClusterSearchRow> rows, ToDoubleFunction<ClusterSearchRow> value) {
    return rows.stream().mapToDouble(value).toArray();
  }

  private static double[] same(double[] x, double value) {
    double[] line = new double[x.length];
    Arrays.fill(line, value);
    return line;
  }
}
