package io.gradus.lake;

import java.time.LocalDate;

/**
 * The run on whose behalf the lake is written.
 *
 * @param runId the content-derived name of the run
 * @param asOf the date its results stand for
 * @param lock the lock it holds; a write without it is refused as fenced
 */
public record RunRef(String runId, LocalDate asOf, RunLock lock) {}
