package io.gradus.ml.cluster;

import io.gradus.ml.InputColumns;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Groups customers by behaviour. Features are transformed, winsorised, standardised and weighted;
 * the number of clusters is searched on a sample stratified by value and held in memory (at most
 * {@code sampleSize} customers, 50,000 unless set), which makes training the same on any
 * partitioning and needs two Spark jobs in all. Every customer is then assigned by {@link
 * CustomerClustersModel#transform}.
 *
 * <p>Use {@link #fit} for a first model and {@link #retrain} for the next one, which keeps the keys
 * of clusters that still exist.
 */
public final class CustomerClusters extends Estimator<CustomerClustersModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> algorithm;
  private final StringArrayParam featureCols;
  private final StringArrayParam transforms;
  private final DoubleArrayParam weights;
  private final StringArrayParam requiredCols;
  private final Param<String> keyCol;
  private final Param<String> valueCol;
  private final IntParam k;
  private final IntParam minK;
  private final IntParam maxK;
  private final IntParam starts;
  private final IntParam bootstraps;
  private final IntParam gapReferences;
  private final IntParam sampleSize;
  private final DoubleParam winsorTail;
  private final LongParam seed;
  private final Param<String> snapshotDate;

  public CustomerClusters() {
    this(Identifiable$.MODULE$.randomUID("customerClusters"));
  }

  public CustomerClusters(String uid) {
    this.uid = uid;
    algorithm =
        new Param<>(
            this,
            "algorithm",
            "kmeans, bisecting or gaussian_mixture",
            ParamValidators.<String>inArray(
                Arrays.stream(ClusterAlgorithm.values())
                    .map(a -> a.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new)));
    featureCols = new StringArrayParam(this, "featureCols", "numeric input columns");
    transforms =
        new StringArrayParam(this, "transforms", "identity, log1p or signed_log1p per feature");
    weights = new DoubleArrayParam(this, "weights", "factor per feature in the squared distance");
    requiredCols =
        new StringArrayParam(this, "requiredCols", "features without which there is no cluster");
    keyCol = new Param<>(this, "keyCol", "customer id");
    valueCol = new Param<>(this, "valueCol", "money that orders and sizes clusters");
    k = new IntParam(this, "k", "number of clusters, 0 to choose", ParamValidators.inRange(0, 50));
    minK = new IntParam(this, "minK", "smallest k tried", ParamValidators.inRange(1, 50));
    maxK = new IntParam(this, "maxK", "largest k tried", ParamValidators.inRange(1, 50));
    starts = new IntParam(this, "starts", "k-means++ starts per k", ParamValidators.gtEq(1));
    bootstraps = new IntParam(this, "bootstraps", "bootstraps per k", ParamValidators.gtEq(1));
    gapReferences =
        new IntParam(this, "gapReferences", "gap reference sets", ParamValidators.gtEq(1));
    sampleSize =
        new IntParam(
            this,
            "sampleSize",
            "most customers trained on, held by the driver",
            ParamValidators.inRange(100, 200_000));
    winsorTail =
        new DoubleParam(
            this, "winsorTail", "share cut off at either end", ParamValidators.inRange(0, 0.25));
    seed = new LongParam(this, "seed", "of every random choice");
    snapshotDate = new Param<>(this, "snapshotDate", "as-of date of the features, for provenance");
    setDefaults();
  }

  private void setDefaults() {
    setDefault(algorithm, "kmeans");
    setDefault(keyCol, Columns.CUSTOMER_ID);
    setDefault(valueCol, Columns.SPEND_365D);
    setDefault(k, 0);
    setDefault(minK, 3);
    setDefault(maxK, 10);
    setDefault(starts, 10);
    setDefault(bootstraps, 20);
    setDefault(gapReferences, 10);
    setDefault(sampleSize, 50_000);
    setDefault(winsorTail, 0.01);
    setDefault(seed, 1L);
    List<ClusterFeature> standard = ClusterFeature.standard();
    setDefault(featureCols, FeatureColumns.columns(standard));
    setDefault(transforms, FeatureColumns.transforms(standard));
    setDefault(weights, FeatureColumns.weights(standard));
    setDefault(requiredCols, FeatureColumns.required(standard));
  }

  public static MLReader<CustomerClusters> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> algorithm() {
    return algorithm;
  }

  public StringArrayParam featureCols() {
    return featureCols;
  }

  public StringArrayParam transforms() {
    return transforms;
  }

  public DoubleArrayParam weights() {
    return weights;
  }

  public StringArrayParam requiredCols() {
    return requiredCols;
  }

  public Param<String> keyCol() {
    return keyCol;
  }

  public Param<String> valueCol() {
    return valueCol;
  }

  public IntParam k() {
    return k;
  }

  public IntParam minK() {
    return minK;
  }

  public IntParam maxK() {
    return maxK;
  }

  public IntParam starts() {
    return starts;
  }

  public IntParam bootstraps() {
    return bootstraps;
  }

  public IntParam gapReferences() {
    return gapReferences;
  }

  public IntParam sampleSize() {
    return sampleSize;
  }

  public DoubleParam winsorTail() {
    return winsorTail;
  }

  public LongParam seed() {
    return seed;
  }

  public Param<String> snapshotDate() {
    return snapshotDate;
  }

  /** {@code kmeans} (the default), {@code bisecting} or {@code gaussian_mixture}. */
  public CustomerClusters setAlgorithm(String value) {
    set(algorithm, value);
    return this;
  }

  /** The dimensions; {@link ClusterFeature#standard()} unless set. */
  public CustomerClusters setFeatures(List<ClusterFeature> features) {
    if (features.isEmpty()) {
      throw new IllegalArgumentException("clusters need at least one feature");
    }
    set(featureCols, FeatureColumns.columns(features));
    set(transforms, FeatureColumns.transforms(features));
    set(weights, FeatureColumns.weights(features));
    set(requiredCols, FeatureColumns.required(features));
    return this;
  }

  /** The customer id; {@code customer_id} unless set. */
  public CustomerClusters setKeyCol(String value) {
    set(keyCol, value);
    return this;
  }

  /** Money that stratifies the sample and orders the clusters; {@code spend_365d} unless set. */
  public CustomerClusters setValueCol(String value) {
    set(valueCol, value);
    return this;
  }

  /** Pins the number of clusters; 0 (the default) chooses it. */
  public CustomerClusters setK(int value) {
    set(k, value);
    return this;
  }

  /** The numbers of clusters tried, both ends included; 3 to 10 unless set. */
  public CustomerClusters setRange(int from, int to) {
    set(minK, from);
    set(maxK, to);
    return this;
  }

  /** k-means++ starts per k; 10 unless set. */
  public CustomerClusters setStarts(int value) {
    set(starts, value);
    return this;
  }

  /** Bootstraps per k; 20 unless set. */
  public CustomerClusters setBootstraps(int value) {
    set(bootstraps, value);
    return this;
  }

  /** Reference sets of the gap statistic; 10 unless set. */
  public CustomerClusters setGapReferences(int value) {
    set(gapReferences, value);
    return this;
  }

  /** Most customers trained on, 100 to 200,000; 50,000 unless set. */
  public CustomerClusters setSampleSize(int value) {
    set(sampleSize, value);
    return this;
  }

  /** Share of values cut off at either end, 0 to 0.25; 0.01 unless set. */
  public CustomerClusters setWinsorTail(double value) {
    set(winsorTail, value);
    return this;
  }

  /** Seed of every random choice; 1 unless set. */
  public CustomerClusters setSeed(long value) {
    set(seed, value);
    return this;
  }

  /** The as-of date of the features, kept in the model's provenance. */
  public CustomerClusters setSnapshotDate(LocalDate value) {
    set(snapshotDate, value.toString());
    return this;
  }

  /** The dimensions in use. */
  public List<ClusterFeature> features() {
    return FeatureColumns.features(
        getOrDefault(featureCols),
        getOrDefault(transforms),
        getOrDefault(weights),
        getOrDefault(requiredCols));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    InputColumns.require(schema, getOrDefault(keyCol));
    InputColumns.requireNumeric(schema, List.of(getOrDefault(valueCol)));
    return ClusterSchema.outputSchema(schema, features());
  }

  @Override
  public CustomerClustersModel fit(Dataset<?> customers) {
    return model(training(customers).first());
  }

  /**
   * A model of today's customers that continues an earlier one: it starts from the earlier centres,
   * keeps the key of each cluster whose members have a Jaccard index of at least 0.5 with it, and
   * says what happened to the others. When the earlier model has other features or transforms, no
   * cluster continues: all get new keys and the old ones retire.
   */
  public ClusterRetraining retrain(CustomerClustersModel previous, Dataset<?> customers) {
    ClusterTraining.Retrained next = training(customers).next(previous.learned());
    return new ClusterRetraining(model(next.learned()), next.events());
  }

  /** The figures of every k in the range, without fitting a model; the chosen one is marked. */
  public List<ClusterSearchRow> search(Dataset<?> customers) {
    return copy(new ParamMap()).setK(0).training(customers).search();
  }

  @Override
  public CustomerClusters copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private CustomerClustersModel model(LearnedClusters learned) {
    return copyValues(new CustomerClustersModel(uid, learned), ParamMap.empty()).setParent(this);
  }

  private ClusterTraining training(Dataset<?> customers) {
    transformSchema(customers.schema());
    List<ClusterFeature> features = features();
    long seedValue = (Long) getOrDefault(seed);
    String value = getOrDefault(valueCol);
    ClusterAlgorithm how =
        ClusterAlgorithm.valueOf(getOrDefault(algorithm).toUpperCase(Locale.ROOT));
    int most = how.sampleSize(number(sampleSize));
    CustomerSample sample =
        new SampleDraw(features, getOrDefault(keyCol), value, most, seedValue).draw(customers);
    SearchSettings settings =
        new SearchSettings(
            how,
            number(minK),
            number(maxK),
            number(k),
            number(starts),
            number(bootstraps),
            number(gapReferences),
            seedValue);
    return new ClusterTraining(
        sample,
        features,
        value,
        (Double) getOrDefault(winsorTail),
        settings,
        isDefined(snapshotDate) ? getOrDefault(snapshotDate) : null);
  }

  private int number(IntParam param) {
    return (Integer) getOrDefault(param);
  }
}
