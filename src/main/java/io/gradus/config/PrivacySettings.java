package io.gradus.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the lake may know of customers.
 *
 * @param pseudonymise when given, customer ids are replaced by keyed hashes before anything is
 *     written
 */
public record PrivacySettings(@Nullable Pseudonymise pseudonymise) {

  /**
   * Replacement of customer ids by HMAC-SHA256.
   *
   * @param keyFile a file with 64 hexadecimal digits; the key itself never stands in the settings
   */
  public record Pseudonymise(String keyFile) {
    public Pseudonymise {
      if (keyFile == null || keyFile.isBlank()) {
        throw new IllegalArgumentException(
            "key_file is required: a file with 64 hexadecimal digits, made by openssl rand -hex"
                + " 32");
      }
    }
  }

  /** The key file, when customers are pseudonymised. */
  public Optional<String> keyFile() {
    return Optional.ofNullable(pseudonymise).map(Pseudonymise::keyFile);
  }

  /** Customers under the names their sources give them. */
  public static PrivacySettings defaults() {
    return new PrivacySettings(null);
  }
}
