package io.gradus.lake;

import java.time.LocalDate;
import java.util.Map;

/**
 * A model as it was saved.
 *
 * @param name what the model is for, such as {@code churn}
 * @param runId the run that trained it
 * @param path the folder its {@code read()} loads from
 * @param provenance what it was made from: data hash, parameters, as-of date
 */
public record SavedModel(String name, String runId, String path, Map<String, String> provenance) {
  public SavedModel {
    provenance = Map.copyOf(provenance);
  }

  /** The last day that the model knew; the first day of 1970 where nothing says it. */
  public LocalDate asOf() {
    return LocalDate.parse(provenance.getOrDefault("as_of", "1970-01-01"));
  }
}
