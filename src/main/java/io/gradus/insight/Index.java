package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** A weighted mean of parts of 0..1, over those that are known, as 0..100. */
final class Index {
  private final List<Column> parts = new ArrayList<>();
  private final List<Double> weights = new ArrayList<>();

  /** Adds a part; it is clipped to 0..1 and left out where it is NULL. */
  Index with(double weight, Column part) {
    parts.add(when(part.isNotNull(), least(greatest(part.cast("double"), lit(0.0)), lit(1.0))));
    weights.add(weight);
    return this;
  }

  /** 0..100; NULL when no part is known. */
  Column value() {
    Column sum = lit(0.0);
    Column present = lit(0.0);
    for (int i = 0; i < parts.size(); i++) {
      Column known = parts.get(i).isNotNull();
      sum = sum.plus(coalesce(parts.get(i).multiply(weights.get(i)), lit(0.0)));
      present = present.plus(when(known, weights.get(i)).otherwise(0.0));
    }
    return when(present.gt(0), sum.divide(present).multiply(100));
  }
}
