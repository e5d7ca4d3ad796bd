package io.gradus.job;

import io.gradus.report.Metrics;
import io.gradus.report.StageTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Times the named stages of a run. Each stage is a Spark job group of its own name, which the Spark
 * UI shows, one call of {@link Progress}, and one row of {@code ops.run_stage}.
 */
final class Stages implements AutoCloseable {
  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;
  private final TaskFigures tasks;
  private final List<StageTime> done = new ArrayList<>();
  private LongSupplier directBytes = () -> 0;
  private String run = "";
  private String current = "";

  Stages(SparkSession spark, InstantSource clock, Progress progress) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
    this.tasks = TaskFigures.listen(spark.sparkContext());
  }

  /** Names the run that the stages from now on belong to. */
  void belongTo(String runId) {
    run = runId;
  }

  /**
   * Adds bytes to those that the tasks of a stage tell of.
   *
   * @param bytes written so far
   */
  void alsoCount(LongSupplier bytes) {
    directBytes = bytes;
  }

  <T> T time(String name, Supplier<T> work) {
    return time(name, work, result -> -1L);
  }

  <T> T time(String name, Supplier<T> work, RowCount<T> rows) {
    current = name;
    progress.started(name);
    spark.sparkContext().setJobGroup(name, "gradus " + name + " " + run, false);
    tasks.begin(name);
    long directBefore = directBytes.getAsLong();
    var start = clock.instant();
    T result = work.get();
    double seconds = Seconds.between(start, clock.instant());
    spark.sparkContext().clearJobGroup();
    TaskFigures.Figures figures = tasks.end();
    long bytes = figures.bytesWritten() + directBytes.getAsLong() - directBefore;
    StageTime stage =
        new StageTime(run, name, rows.of(result), seconds, figures.peakMemoryBytes(), bytes);
    done.add(stage);
    SinkMetrics.showStages(spark.sparkContext(), done.size(), Metrics.ofStages(List.of(stage)));
    progress.finished(stage);
    current = "";
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

  List<StageTime> done() {
    return List.copyOf(done);
  }

  /** The run as far as it is named, else empty. */
  String runId() {
    return run;
  }

  /** The stage that runs or has failed; empty between stages. */
  String current() {
    return current;
  }

  @Override
  public void close() {
    tasks.close();
  }

  /** How many rows a stage's result stands for. */
  interface RowCount<T> {
    long of(T result);
  }
}
