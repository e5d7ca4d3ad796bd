package io.gradus.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times the named stages of a run. Each stage is a Spark job group of its own name, one log line,
 * and one row of {@code ops.run_stage}.
 */
final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;
  private final List<Stage> done = new ArrayList<>();

  /**
   * One finished stage.
   *
   * @param rows rows the stage is about, −1 when it is not about rows
   */
  record Stage(String name, double seconds, long rows) {}

  Stages(SparkSession spark, InstantSource clock, Progress progress) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
  }

  <T> T time(String name, Supplier<T> work) {
    return time(name, work, result -> -1L);
  }

  <T> T time(String name, Supplier<T> work, RowCount<T> rows) {
    progress.started(name);
    spark.sparkContext().setJobGroup(name, "gradus " + name, false);
    var start = clock.instant();
    T result = work.get();
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    Stage stage = new Stage(name, seconds, rows.of(result));
    done.add(stage);
    LOG.debug("stage={} rows={} seconds={}", name, stage.rows(), seconds);
    progress.finished(name, stage.rows(), seconds);
    return result;
  }

  void run(String name, Runnable work) {
    time(
        name,
        () -> {
          work.run();
          return name;
        });
  }

  List<Stage> done() {
    return List.copyOf(done);
  }

  /** How many rows a stage's result stands for. */
  interface RowCount<T> {
    long of(T result);
  }
}
