package io.gradus.ml.clv;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a model was made from.
 *
 * @param dataHash fingerprint of the training data, the same for any order of the rows
 * @param codeVersion version of the code that fitted it
 * @param asOf the as-of date of the data as given by the caller, or empty
 */
public record Provenance(String dataHash, String codeVersion, String asOf) implements Serializable {

  static Provenance of(long fingerprint, String asOf) {
    @Nullable String version = Provenance.class.getPackage().getImplementationVersion();
    return new Provenance(
        Long.toHexString(fingerprint), version == null ? "development" : version, asOf);
  }
}
