package io.gradus.report;

/**
 * One finished stage of a run.
 *
 * @param run the run's name; empty until the input has told the as-of date
 * @param rows rows the stage is about, −1 when it is not about rows
 * @param seconds wall-clock seconds
 * @param peakMemoryBytes the largest heap of one process during the stage: the driver's, or an
 *     executor's as far as its heartbeats showed it
 * @param bytesWritten bytes of the data files that the stage's tasks wrote
 */
public record StageTime(
    String run, String name, long rows, double seconds, long peakMemoryBytes, long bytesWritten) {}
