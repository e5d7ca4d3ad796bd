package io.gradus.ml.rfm;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.ml.ModelFiles;
import io.gradus.table.Columns;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Frozen RFM cut-points; adds {@code r_score, f_score, m_score}. See {@link RfmScorer}. */
public final class RfmScorerModel extends Model<RfmScorerModel>
    implements RfmScorerParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final IntParam windowDays;
  private final Param<String> scopeCol;
  private final transient RfmCuts cuts;

  RfmScorerModel(String uid, RfmCuts cuts) {
    this.uid = uid;
    this.cuts = cuts;
    this.windowDays = makeWindowDays();
    this.scopeCol = makeScopeCol();
    setDefault(windowDays, 365);
  }

  public static MLReader<RfmScorerModel> read() {
    return ModelFiles.reader(RfmScorerModel.class, RfmCuts.class, RfmScorerModel::new);
  }

  @Override
  public MLWriter write() {
    return ModelFiles.writer(this, cuts);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public IntParam windowDays() {
    return windowDays;
  }

  @Override
  public Param<String> scopeCol() {
    return scopeCol;
  }

  /** Every cut-point, ordered by scope, measure and score: the rows of {@code rfm_cutpoint}. */
  public List<RfmCutPoint> cutPoints() {
    return cuts.cutPoints();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return validateAndTransformSchema(schema);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> customers) {
    transformSchema(customers.schema());
    String scopeName = getScopeCol();
    Column scope = scopeName == null ? null : col(scopeName).cast("string");
    Map<String, Column> scores = new TreeMap<>();
    Column bought = coalesce(col(inputCol(RfmMeasure.FREQUENCY)).gt(0), lit(false));
    for (RfmMeasure measure : RfmMeasure.values()) {
      Column score = cuts.score(measure, col(inputCol(measure)).cast("double"), scope);
      scores.put(
          OUTPUTS.get(measure.ordinal()),
          measure == RfmMeasure.RECENCY ? score : when(bought, score).otherwise(lit(1)));
    }
    return customers
        .toDF()
        .withColumn(Columns.R_SCORE, scores.get(Columns.R_SCORE))
        .withColumn(Columns.F_SCORE, scores.get(Columns.F_SCORE))
        .withColumn(Columns.M_SCORE, scores.get(Columns.M_SCORE));
  }

  @Override
  public RfmScorerModel copy(ParamMap extra) {
    return copyValues(new RfmScorerModel(uid, cuts), extra).setParent(parent());
  }
}
