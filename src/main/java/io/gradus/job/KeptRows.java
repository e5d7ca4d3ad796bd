package io.gradus.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows that a step keeps while it works, freed together. */
final class KeptRows implements AutoCloseable {
  private final List<Kept> all = new ArrayList<>();

  /** Computes and keeps rows until {@link #close}. */
  Kept keep(Dataset<Row> source) {
    Kept kept = Kept.of(source);
    all.add(kept);
    return kept;
  }

  @Override
  public void close() {
    all.forEach(Kept::close);
    all.clear();
  }
}
