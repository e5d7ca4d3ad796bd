package io.gradus.ml.rfm;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import io.gradus.error.GradusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores customers 1 (worst) to 5 (best) on recency, frequency and money of a window. A score is
 * ceil(5·F(v)), F the mid-distribution function among the customers with a purchase in the window:
 * equal values get equal scores, unlike {@code ntile}.
 *
 * <p>Input: {@code days_since_last}, {@code purchases_Nd}, {@code spend_Nd}. Output: {@code
 * r_score, f_score, m_score}, INT. A customer without a purchase in the window scores 1 on
 * frequency and money and takes no part in learning; one who never purchased scores 1 throughout.
 *
 * <p>Modes: {@code quantile} learns the cut-points from the data; {@code ruler} applies frozen ones
 * ({@link #setRuler}) so that a score means the same next month, and learns them when none are set
 * yet; {@code fixed} takes own numbers ({@link #setFixedCuts}).
 */
public final class RfmScorer extends Estimator<RfmScorerModel>
    implements RfmScorerParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private static final String[] MODES = {"quantile", "ruler", "fixed"};

  private final String uid;
  private final Param<String> mode;
  private final IntParam windowDays;
  private final Param<String> scopeCol;
  private final IntParam minScopeSize;
  private final StringArrayParam ruler;
  private final DoubleArrayParam recencyCuts;
  private final DoubleArrayParam frequencyCuts;
  private final DoubleArrayParam monetaryCuts;

  public RfmScorer() {
    this(Identifiable$.MODULE$.randomUID("rfmScorer"));
  }

  public RfmScorer(String uid) {
    this.uid = uid;
    this.mode =
        new Param<>(
            this, "mode", "quantile, ruler or fixed", ParamValidators.<String>inArray(MODES));
    this.windowDays = makeWindowDays();
    this.scopeCol = makeScopeCol();
    this.minScopeSize =
        new IntParam(
            this,
            "minScopeSize",
            "customers a scope needs for cut-points of its own; smaller ones use all customers'",
            ParamValidators.gtEq(1));
    this.ruler =
        new StringArrayParam(
            this, "ruler", "frozen cut-points as scope|measure|score|value|customers");
    this.recencyCuts = cuts("recencyCuts", "most days since the last purchase for scores 2 to 5");
    this.frequencyCuts = cuts("frequencyCuts", "least purchase days for scores 2 to 5");
    this.monetaryCuts = cuts("monetaryCuts", "least net revenue for scores 2 to 5");
    setDefault(mode, "ruler");
    setDefault(windowDays, 365);
    setDefault(minScopeSize, 30);
  }

  private DoubleArrayParam cuts(String name, String doc) {
    return new DoubleArrayParam(this, name, doc);
  }

  public static MLReader<RfmScorer> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> mode() {
    return mode;
  }

  @Override
  public IntParam windowDays() {
    return windowDays;
  }

  @Override
  public Param<String> scopeCol() {
    return scopeCol;
  }

  public IntParam minScopeSize() {
    return minScopeSize;
  }

  public StringArrayParam ruler() {
    return ruler;
  }

  public DoubleArrayParam recencyCuts() {
    return recencyCuts;
  }

  public DoubleArrayParam frequencyCuts() {
    return frequencyCuts;
  }

  public DoubleArrayParam monetaryCuts() {
    return monetaryCuts;
  }

  /** {@code quantile}, {@code ruler} (the default) or {@code fixed}. */
  public RfmScorer setMode(String value) {
    set(mode, value);
    return this;
  }

  /** 30, 90, 180, 365 (the default) or 730 days. */
  public RfmScorer setWindowDays(int value) {
    set(windowDays, value);
    return this;
  }

  /** Ranks customers within the values of this column; at most 100 values. */
  public RfmScorer setScopeCol(String value) {
    set(scopeCol, value);
    return this;
  }

  /** Customers with a purchase in the window that a scope needs for own cut-points; default 30. */
  public RfmScorer setMinScopeSize(int value) {
    set(minScopeSize, value);
    return this;
  }

  /** Freezes cut-points, usually {@link RfmScorerModel#cutPoints()} of an earlier fit. */
  public RfmScorer setRuler(List<RfmCutPoint> cutPoints) {
    set(
        ruler,
        new RfmCuts(cutPoints).cutPoints().stream().map(RulerText::write).toArray(String[]::new));
    return this;
  }

  /**
   * Own numbers, four each, for scores 2, 3, 4, 5.
   *
   * @param recency most days since the last purchase, falling
   * @param frequency least purchase days, rising
   * @param monetary least net revenue, rising
   */
  public RfmScorer setFixedCuts(double[] recency, double[] frequency, double[] monetary) {
    set(recencyCuts, recency);
    set(frequencyCuts, frequency);
    set(monetaryCuts, monetary);
    return this;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return validateAndTransformSchema(schema);
  }

  @Override
  public RfmScorerModel fit(Dataset<?> customers) {
    transformSchema(customers.schema());
    RfmCuts cuts =
        switch (getOrDefault(mode)) {
          case "fixed" -> fixed();
          case "ruler" -> isDefined(ruler) ? frozen() : learn(customers);
          default -> learn(customers);
        };
    return copyValues(new RfmScorerModel(uid, cuts), ParamMap.empty()).setParent(this);
  }

  @Override
  public RfmScorer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private RfmCuts frozen() {
    return new RfmCuts(Arrays.stream(getOrDefault(ruler)).map(RulerText::read).toList());
  }

  private RfmCuts fixed() {
    List<RfmCutPoint> points = new ArrayList<>();
    List<DoubleArrayParam> params = List.of(recencyCuts, frequencyCuts, monetaryCuts);
    for (RfmMeasure measure : RfmMeasure.values()) {
      DoubleArrayParam param = params.get(measure.ordinal());
      if (!isDefined(param) || getOrDefault(param).length != 4) {
        throw GradusException.usage(
            "RFM mode fixed needs four numbers of "
                + measure.column()
                + ", for scores 2, 3, 4 and 5");
      }
      double[] cuts = getOrDefault(param);
      for (int score = 2; score <= 5; score++) {
        points.add(new RfmCutPoint(RfmCutPoint.OVERALL, measure, score, cuts[score - 2], 0));
      }
    }
    return new RfmCuts(points);
  }

  private RfmCuts learn(Dataset<?> customers) {
    String scope = getScopeCol();
    Column recency = col(inputCol(RfmMeasure.RECENCY));
    Column frequency = col(inputCol(RfmMeasure.FREQUENCY));
    Column monetary = col(inputCol(RfmMeasure.MONETARY));
    Dataset<Row> active =
        customers
            .toDF()
            .where(frequency.gt(0).and(recency.isNotNull()).and(monetary.isNotNull()))
            .select(
                (scope == null ? lit(null) : col(scope)).cast("string").as("scope"),
                recency.unary_$minus().cast("long").as("0"),
                frequency.cast("long").as("1"),
                round(monetary.cast("decimal(20,2)").multiply(100), 0).cast("long").as("2"));
    boolean ours = customers.storageLevel().equals(StorageLevel.NONE());
    if (ours) {
      active.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      return new RfmCuts(
          CutPointLearner.learn(active, scope != null, (Integer) getOrDefault(minScopeSize)));
    } finally {
      if (ours) {
        active.unpersist();
      }
    }
  }
}
