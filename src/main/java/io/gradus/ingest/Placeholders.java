package io.gradus.ingest;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/** Ids that stand for nobody, compared without case. */
public final class Placeholders implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The bit that tells a small ASCII letter from its capital. */
  private static final int SMALL = 0x20;

  private final HashSet<String> ids = new HashSet<>();
  private final boolean[] firstBytes = new boolean[Byte.MAX_VALUE + 1];
  private int longest;

  Placeholders(Collection<String> given) {
    for (String id : given) {
      String small = id.toLowerCase(Locale.ROOT);
      ids.add(small);
      longest = Math.max(longest, UTF8String.fromString(small).numBytes());
      if (!small.isEmpty() && small.charAt(0) <= Byte.MAX_VALUE) {
        firstBytes[small.charAt(0) | SMALL] = true;
      }
    }
  }

  /** Whether an id in ASCII may be among them, which its length and first letter tell of most. */
  boolean mayHave(UTF8String id) {
    return id.numBytes() <= longest && firstBytes[id.getByte(0) | SMALL];
  }

  boolean has(String id) {
    return ids.contains(id.toLowerCase(Locale.ROOT));
  }
}
