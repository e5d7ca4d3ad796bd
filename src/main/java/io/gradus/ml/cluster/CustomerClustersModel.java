package io.gradus.ml.cluster;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gradus.ml.ModelFiles;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Assigns every customer to a cluster in one narrow pass. Adds {@code cluster_key, cluster_name,
 * cluster_name_zh}; {@code cluster_distance} to the centre in scaled units (Mahalanobis for a
 * mixture); {@code cluster_second_key}; {@code cluster_margin}, 0 on the border to the second
 * cluster, 1 at the centre. All are NULL for a customer who lacks a required feature.
 */
public final class CustomerClustersModel extends Model<CustomerClustersModel>
    implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String RESULT = "cluster_result";

  private final String uid;
  private final transient LearnedClusters learned;

  CustomerClustersModel(String uid, LearnedClusters learned) {
    this.uid = uid;
    this.learned = learned;
  }

  public static MLReader<CustomerClustersModel> read() {
    return ModelFiles.reader(
        CustomerClustersModel.class, LearnedClusters.class, CustomerClustersModel::new);
  }

  @Override
  public MLWriter write() {
    return ModelFiles.writer(this, learned);
  }

  @Override
  public String uid() {
    return uid;
  }

  LearnedClusters learned() {
    return learned;
  }

  /** The clusters, those of a first model by falling mean value. */
  public List<ClusterInfo> clusters() {
    return learned.clusters();
  }

  /** The dimensions. */
  public List<ClusterFeature> features() {
    return learned.features();
  }

  /** The figures of every k tried in training: the rows of {@code cluster_search}. */
  public List<ClusterSearchRow> search() {
    return learned.search();
  }

  /** Why there are this many clusters, in English. */
  public String reason() {
    return learned.reason();
  }

  /** What the model was trained on. */
  public Provenance provenance() {
    return learned.provenance();
  }

  /** Keys of former clusters; never used again. */
  public List<String> retiredKeys() {
    return learned.retiredKeys();
  }

  /** The centres, cluster × feature, in scaled units. */
  public double[][] centres() {
    return Arrays.stream(learned.components().centres())
        .map(double[]::clone)
        .toArray(double[][]::new);
  }

  /**
   * The same clusters as an MLlib model over {@link #scaled} features: a {@code KMeansModel}, or a
   * {@code GaussianMixtureModel} for a mixture. Predictions are indices into {@link #clusters}.
   */
  public Model<?> toMllib() {
    return MllibModels.of(uid, learned.components());
  }

  /** Adds the scaled features as a vector column, the input of {@link #toMllib}. */
  public Dataset<Row> scaled(Dataset<?> customers, String outputCol) {
    Column vector = org.apache.spark.ml.functions.array_to_vector(array(scaledColumns()));
    return customers.toDF().withColumn(outputCol, vector);
  }

  /**
   * One row per cluster and feature: see {@link ClusterProfile}.
   *
   * @param assigned the output of {@link #transform}
   */
  public Dataset<Row> profile(Dataset<Row> assigned) {
    return new ClusterProfile(learned).of(assigned);
  }

  /**
   * How far today's customers have moved from the training shares.
   *
   * @param assigned the output of {@link #transform}
   */
  public ClusterDrift drift(Dataset<Row> assigned) {
    Map<String, Long> today = new HashMap<>();
    for (Row row :
        assigned
            .where(col(Columns.CLUSTER_KEY).isNotNull())
            .groupBy(Columns.CLUSTER_KEY)
            .count()
            .collectAsList()) {
      today.put(row.getString(0), row.getLong(1));
    }
    return ClusterDrift.of(learned.clusters(), learned.provenance().sampled(), today);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ClusterSchema.outputSchema(schema, learned.features());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> customers) {
    transformSchema(customers.schema());
    Column assign =
        udf(new ClusterAssigner(learned.components(), learned.clusters()), ClusterAssigner.RESULT)
            .apply(array(scaledColumns()));
    Column known = lit(true);
    for (ClusterFeature feature : learned.features()) {
      if (feature.required()) {
        known = known.and(feature.transform().apply(col(feature.column())).isNotNull());
      }
    }
    List<Column> columns = new ArrayList<>();
    for (String column : customers.columns()) {
      columns.add(col("`" + column + "`"));
    }
    columns.add(col(RESULT + ".key").as(Columns.CLUSTER_KEY));
    columns.add(col(RESULT + ".name").as(Columns.CLUSTER_NAME));
    columns.add(col(RESULT + ".name_zh").as(Columns.CLUSTER_NAME_ZH));
    columns.add(col(RESULT + ".distance").as(Columns.CLUSTER_DISTANCE));
    columns.add(col(RESULT + ".second_key").as(Columns.CLUSTER_SECOND_KEY));
    columns.add(col(RESULT + ".margin").as(Columns.CLUSTER_MARGIN));
    return customers
        .toDF()
        .withColumn(RESULT, when(known, assign))
        .select(columns.toArray(Column[]::new));
  }

  @Override
  public CustomerClustersModel copy(ParamMap extra) {
    return copyValues(new CustomerClustersModel(uid, learned), extra).setParent(parent());
  }

  private Column[] scaledColumns() {
    Column[] columns = new Column[learned.features().size()];
    for (int j = 0; j < columns.length; j++) {
      ClusterFeature feature = learned.features().get(j);
      columns[j] = learned.scaling().scale(j, feature.transform().apply(col(feature.column())));
    }
    return columns;
  }
}
