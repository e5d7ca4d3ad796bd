package io.gradus.lake;

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
}
