package io.gradus.job;

import io.gradus.report.StageTime;
import java.util.Map;

/** Told of each stage as it starts and ends; the commands show it to a person. */
public interface Progress {
  /** A stage begins. */
  void started(String stage);

  /** A stage has ended. */
  void finished(StageTime stage);

  /** Whether {@link #expect} is of use; past durations cost a query. */
  default boolean wantsEstimates() {
    return false;
  }

  /**
   * Told, before the first long stage, how long the stages took in past runs.
   *
   * @param seconds the median wall-clock seconds of each stage, in the order of the run
   */
  default void expect(Map<String, Double> seconds) {}

  /** Shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void started(String stage) {}

      @Override
      public void finished(StageTime stage) {}
    };
  }
}
