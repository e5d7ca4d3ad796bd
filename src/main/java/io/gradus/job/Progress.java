package io.gradus.job;

/** Told of each stage as it starts and ends; the commands show it to a person. */
public interface Progress {
  /** A stage begins. */
  void started(String stage);

  /**
   * A stage has ended.
   *
   * @param rows rows it was about, −1 when none
   * @param seconds wall-clock time it took
   */
  void finished(String stage, long rows, double seconds);

  /** Shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void started(String stage) {}

      @Override
      public void finished(String stage, long rows, double seconds) {}
    };
  }
}
