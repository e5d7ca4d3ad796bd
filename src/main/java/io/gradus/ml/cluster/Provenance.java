package io.gradus.ml.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * What a model was trained on.
 *
 * @param snapshotDate the as-of date of the features in ISO form, or null when none was given
 * @param customers customers with every required feature
 * @param sampled how many of them were used
 * @param seed of every random choice
 * @param sampleSha256 hash of the sampled ids and transformed features, in order
 */
public record Provenance(
    @Nullable String snapshotDate, long customers, int sampled, long seed, String sampleSha256) {

  static Provenance of(@Nullable String snapshotDate, CustomerSample sample, long seed) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    int d = sample.points().dimensions;
    ByteBuffer row = ByteBuffer.allocate(Double.BYTES * d);
    for (int i = 0; i < sample.ids().length; i++) {
      digest.update(sample.ids()[i].getBytes(StandardCharsets.UTF_8));
      row.clear();
      for (double value : sample.points().row(i)) {
        row.putDouble(value);
      }
      digest.update(row.array());
    }
    return new Provenance(
        snapshotDate,
        sample.customers(),
        sample.ids().length,
        seed,
        Hex.encodeHexString(digest.digest()));
  }
}
