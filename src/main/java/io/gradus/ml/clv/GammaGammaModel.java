package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.gradus.clv.FitReport;
import io.gradus.clv.GammaGammaSpend;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A fitted {@link GammaGamma}: {@code transform} adds the expected spend per purchase; the mean of
 * all for a customer without an observed purchase.
 */
public final class GammaGammaModel extends Model<GammaGammaModel>
    implements SpendParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SpendParamSet spendParamSet;
  private final SpendState state;

  GammaGammaModel(String uid, SpendState state) {
    this.uid = uid;
    this.spendParamSet = new SpendParamSet(this);
    this.state = state;
    spendParamSet.setDefaults(this);
  }

  /** Reads a saved model. */
  public static MLReader<GammaGammaModel> read() {
    return new Learned.Reader<>(GammaGammaModel.class, SpendState.class, GammaGammaModel::new);
  }

  /** Reads the model saved at a path. */
  public static GammaGammaModel load(String path) {
    return read().load(path);
  }

  /** The model in use, for use without Spark. */
  public GammaGammaSpend spend() {
    return state.spend();
  }

  /** How {@link #spend()} came about: gamma_gamma, pooled_mean or none. */
  public String method() {
    return state.method();
  }

  /** Parameters, standard errors and how the fit ended. */
  public FitReport report() {
    return state.report();
  }

  /** The correlation of number and mean value of purchases, which the model takes to be zero. */
  public double correlation() {
    return state.correlation();
  }

  /** What the model was made from. */
  public Provenance provenance() {
    return state.provenance();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> customers) {
    transformSchema(customers.schema());
    GammaGammaSpend spend = spend();
    double cap = state.cap();
    UDF2<Integer, Double, Double> function =
        (number, mean) -> {
          boolean observed = number != null && number > 0 && mean != null && mean > 0;
          return observed
              ? spend.expectedValue(number, Math.min(mean, cap))
              : spend.populationMean();
        };
    return customers.withColumn(
        getExpectedAverageValueCol(),
        udf(function, DataTypes.DoubleType)
            .apply(col(getFrequencyCol()).cast("int"), col(getMonetaryValueCol()).cast("double")));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return validateAndTransformSchema(schema);
  }

  @Override
  public GammaGammaModel copy(ParamMap extra) {
    return copyValues(new GammaGammaModel(uid, state), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new Learned.Writer(this, state);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public SpendParamSet spendParamSet() {
    return spendParamSet;
  }
}
