package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;

import io.gradus.clv.GammaGammaSpend;
import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseProcess;
import io.gradus.clv.TotalValue;
import java.util.List;
import java.util.stream.Stream;
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
 * A fitted {@link LifetimeValue}. {@code transform} adds probability_alive, expected_purchases (12
 * months), expected_average_value, clv_12m, clv_36m, clv_12m_undiscounted, clv_12m_p10,
 * clv_12m_p90, clv_residual, clv_method and gamma_gamma_prior_used; all 0 and the method
 * no_purchase for a customer who never bought.
 */
public final class LifetimeValueModel extends Model<LifetimeValueModel>
    implements LifetimeParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final LifetimeParamSet lifetimeParamSet;
  private final LifetimeState state;

  LifetimeValueModel(String uid, LifetimeState state) {
    this.uid = uid;
    this.lifetimeParamSet = new LifetimeParamSet(this);
    this.state = state;
    lifetimeParamSet.setDefaults(this);
  }

  /** Reads a saved model. */
  public static MLReader<LifetimeValueModel> read() {
    return new Learned.Reader<>(
        LifetimeValueModel.class, LifetimeState.class, LifetimeValueModel::new);
  }

  /** Reads the model saved at a path. */
  public static LifetimeValueModel load(String path) {
    return read().load(path);
  }

  /** The purchase model, for use without Spark. */
  public PurchaseProcess process() {
    return state.purchases().process();
  }

  /** The spend model, for use without Spark. */
  public GammaGammaSpend spend() {
    return state.spend().spend();
  }

  /** What {@code clv_method} says of customers who bought. */
  public String method() {
    return LifetimeColumns.method(state.all());
  }

  /** Parameters, standard errors and how both fits ended, as rows of the metric table. */
  public List<ModelMetric> metrics() {
    return state.metrics();
  }

  /** What a person should know about the fits, one sentence each; often none. */
  public List<String> warnings() {
    return state.warnings();
  }

  /** What the purchase model was made from. */
  public Provenance provenance() {
    return state.purchases().provenance();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> customers) {
    transformSchema(customers.schema());
    String struct = uid + "_value";
    Column[] outputs =
        Stream.concat(
                Stream.of(customers.columns()).map(name -> col("`" + name + "`")),
                Stream.of(LifetimeColumns.outputs(struct)))
            .toArray(Column[]::new);
    return customers.withColumn(struct, LifetimeColumns.value(this, state)).select(outputs);
  }

  /**
   * Adds P(no purchase in the coming days | history), exact; NULL for a customer who never bought.
   *
   * @param days length of the period from the as-of date, ≥ 1
   * @param outputColumn name of the added DOUBLE column
   */
  public Dataset<Row> withProbabilityOfNoPurchase(
      Dataset<?> customers, int days, String outputColumn) {
    Schemas.withDouble(customers.schema(), outputColumn);
    return customers.withColumn(
        outputColumn,
        PurchaseColumns.noPurchase(state.processes(), Horizon.ofDays(days)).apply(inputs()));
  }

  /**
   * Adds the expected purchases in the coming days; NULL for a customer who never bought.
   *
   * @param days length of the period from the as-of date, ≥ 1
   * @param outputColumn name of the added DOUBLE column
   */
  public Dataset<Row> withExpectedPurchases(Dataset<?> customers, int days, String outputColumn) {
    Schemas.withDouble(customers.schema(), outputColumn);
    return customers.withColumn(
        outputColumn,
        PurchaseColumns.forecast(state.processes(), Horizon.ofDays(days))
            .apply(inputs())
            .getField(PurchaseColumns.EXPECTED));
  }

  /**
   * The expected total of the next 12 months over all customers with its 80 % interval. The
   * parameters' share of the uncertainty is worked out on at most {@link LifetimeTotal#SAMPLE}
   * customers, chosen by a hash of their statistics.
   */
  public TotalValue total(Dataset<?> customers) {
    transformSchema(customers.schema());
    return LifetimeTotal.of(customers, this, state);
  }

  private Column[] inputs() {
    Column[] history = LifetimeColumns.histories(this);
    return new Column[] {history[0], history[1], history[2], LifetimeColumns.scope(this)};
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return checkedSchema(this, schema);
  }

  static StructType checkedSchema(LifetimeParams params, StructType schema) {
    Schemas.requireWhole(schema, params.getOrDefault(params.frequencyCol()));
    Schemas.requireWhole(schema, params.getOrDefault(params.recencyCol()));
    Schemas.requireWhole(schema, params.getOrDefault(params.ageCol()));
    if (params.getSpendBasis().equals(SPEND_ALL)) {
      Schemas.requireWhole(schema, params.getOrDefault(params.purchaseDaysCol()));
      Schemas.requireNumeric(schema, params.getOrDefault(params.netTotalCol()));
    } else {
      Schemas.requireNumeric(schema, params.getOrDefault(params.monetaryValueCol()));
    }
    String margin = params.getOrDefault(params.marginRateCol());
    if (!margin.isEmpty()) {
      Schemas.requireNumeric(schema, margin);
    }
    if (!params.getScopeCol().isEmpty()) {
      Schemas.requirePresent(schema, params.getScopeCol());
    }
    return LifetimeColumns.withOutputs(schema);
  }

  @Override
  public LifetimeValueModel copy(ParamMap extra) {
    return copyValues(new LifetimeValueModel(uid, state), extra).setParent(parent());
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
  public LifetimeParamSet lifetimeParamSet() {
    return lifetimeParamSet;
  }
}
