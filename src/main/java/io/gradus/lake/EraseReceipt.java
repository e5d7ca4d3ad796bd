package io.gradus.lake;

import java.util.List;
import java.util.Map;

/**
 * What an erasure did and what a scan of every byte below the lake found afterwards.
 *
 * @param tombstones the keyed hashes by which the customers stay known
 * @param deletedRows rows deleted, by table
 * @param filesScanned files below the lake that were searched, data, logs, checkpoints and models
 * @param bytesScanned their bytes
 * @param remaining places in which an id still occurs as a word, {@code file: how}; empty is the
 *     proof. A short numeric id can also meet an unrelated number in a log.
 */
public record EraseReceipt(
    List<String> tombstones,
    Map<String, Long> deletedRows,
    int filesScanned,
    long bytesScanned,
    List<String> remaining) {
  public EraseReceipt {
    tombstones = List.copyOf(tombstones);
    deletedRows = Map.copyOf(deletedRows);
    remaining = List.copyOf(remaining);
  }
}
