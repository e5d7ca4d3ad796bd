package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.clv.FitReport;
import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseProcess;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What the fitted purchase models share: {@code transform} adds P(alive) and the expected purchases
 * within the horizon.
 *
 * @param <M> the model itself
 */
public abstract class PurchaseModel<M extends PurchaseModel<M>> extends Model<M>
    implements PurchaseParams, MLWritable {
  private final String uid;
  private final PurchaseParamSet paramSet;
  private final PurchaseState state;

  PurchaseModel(String uid, PurchaseState state) {
    this.uid = uid;
    this.paramSet = new PurchaseParamSet(this);
    this.state = state;
    paramSet.setDefaults(this);
  }

  abstract M self();

  final PurchaseState state() {
    return state;
  }

  /** The fitted model itself, for use without Spark. */
  public PurchaseProcess process() {
    return state.process();
  }

  /** Parameters, standard errors and how the fit ended. */
  public FitReport report() {
    return state.report();
  }

  /** What the model was made from. */
  public Provenance provenance() {
    return state.provenance();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> customers) {
    transformSchema(customers.schema());
    Column result =
        PurchaseColumns.forecast(processes(), Horizon.ofMonths(getHorizonMonths())).apply(inputs());
    String struct = uid + "_forecast";
    return customers
        .withColumn(struct, result)
        .withColumn(getProbabilityAliveCol(), col(struct).getField(PurchaseColumns.ALIVE))
        .withColumn(getExpectedPurchasesCol(), col(struct).getField(PurchaseColumns.EXPECTED))
        .drop(struct);
  }

  /**
   * Adds P(no purchase in the coming days | history), exact; NULL where an input is NULL.
   *
   * @param days length of the period from the as-of date, ≥ 1
   * @param outputColumn name of the added DOUBLE column
   */
  public Dataset<Row> withProbabilityOfNoPurchase(
      Dataset<?> customers, int days, String outputColumn) {
    Schemas.withDouble(customers.schema(), outputColumn);
    return customers.withColumn(
        outputColumn,
        PurchaseColumns.noPurchase(processes(), Horizon.ofDays(days)).apply(inputs()));
  }

  private Scoped<PurchaseProcess> processes() {
    return new Scoped<>(process(), Map.of());
  }

  private Column[] inputs() {
    Column[] history = PurchaseColumns.histories(getFrequencyCol(), getRecencyCol(), getAgeCol());
    return new Column[] {history[0], history[1], history[2], lit(null).cast("string")};
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return validateAndTransformSchema(schema);
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
  public PurchaseParamSet paramSet() {
    return paramSet;
  }

  /** Sets {@link #frequencyCol()}. */
  public M setFrequencyCol(String column) {
    set(frequencyCol(), column);
    return self();
  }

  /** Sets {@link #recencyCol()}. */
  public M setRecencyCol(String column) {
    set(recencyCol(), column);
    return self();
  }

  /** Sets {@link #ageCol()}. */
  public M setAgeCol(String column) {
    set(ageCol(), column);
    return self();
  }

  /** Sets {@link #probabilityAliveCol()}. */
  public M setProbabilityAliveCol(String column) {
    set(probabilityAliveCol(), column);
    return self();
  }

  /** Sets {@link #expectedPurchasesCol()}. */
  public M setExpectedPurchasesCol(String column) {
    set(expectedPurchasesCol(), column);
    return self();
  }

  /** Sets {@link #horizonMonths()}. */
  public M setHorizonMonths(int months) {
    set(horizonMonths(), months);
    return self();
  }
}
