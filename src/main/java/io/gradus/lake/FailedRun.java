package io.gradus.lake;

import java.time.Instant;

/**
 * A run that ended without publishing.
 *
 * @param at when it ended
 * @param asOf the date it was for, or {@code latest} when the input had not yet told it
 * @param runId the run; empty when it failed before its name was known
 * @param stage the stage that failed; empty outside of a stage
 * @param exitCode the status its process ends with
 * @param message the one line a person was shown
 * @param seconds wall-clock seconds until it failed
 * @param host where it ran
 */
public record FailedRun(
    Instant at,
    String asOf,
    String runId,
    String stage,
    int exitCode,
    String message,
    double seconds,
    String host) {}
