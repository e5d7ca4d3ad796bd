package io.gradus.lake;

import java.time.LocalDate;
import java.util.Map;

/**
 * One row of {@code ops.publication}.
 *
 * @param sequence the order of publication, from 1
 * @param runId the run
 * @param asOf the date its results stand for
 * @param withdrawn whether a roll-back took the run back
 * @param epoch the fencing epoch of the lock it was published under
 * @param versions the Delta version of each table, by {@code layer/name}, that belongs to it
 * @param rowCounts the rows the run wrote, by table
 * @param contentHashes an order-free hash of the rows the run wrote, by table
 * @param attributes provenance: hashes of inputs, configuration and policy, code version
 */
public record Publication(
    long sequence,
    String runId,
    LocalDate asOf,
    boolean withdrawn,
    long epoch,
    Map<String, Long> versions,
    Map<String, Long> rowCounts,
    Map<String, String> contentHashes,
    Map<String, String> attributes) {
  public Publication {
    versions = Map.copyOf(versions);
    rowCounts = Map.copyOf(rowCounts);
    contentHashes = Map.copyOf(contentHashes);
    attributes = Map.copyOf(attributes);
  }

  /** The same run in a new row. */
  Publication again(long nextSequence, boolean takenBack, Map<String, Long> newVersions) {
    return new Publication(
        nextSequence,
        runId,
        asOf,
        takenBack,
        epoch,
        newVersions,
        rowCounts,
        contentHashes,
        attributes);
  }
}
