package io.gradus.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The keyed hash under which an erased customer stays known: HMAC-SHA256 of the id (RFC 2104). Rows
 * are first tested by a keyed 16-bit hash that Spark computes natively, because an HMAC per row of
 * a large delivery would cost more than reading it.
 */
final class Tombstones {
  static final int BUCKETS = 1 << 16;

  private final KeyedHash hash;

  Tombstones(String keyHex) {
    this.hash = new KeyedHash(keyHex);
  }

  String of(String customerId) {
    return hash.of(customerId);
  }

  /** The keyed bucket of an id, 0 … {@value #BUCKETS} − 1. */
  Column bucket(Column customerId) {
    return pmod(xxhash64(lit(hash.keyHex()), customerId), lit((long) BUCKETS))
        .cast(DataTypes.IntegerType);
  }

  /** Whether an id belongs to one of these tombstones; false for NULL. */
  Column matches(Column customerId, Set<Integer> buckets, Set<String> tombstones) {
    if (tombstones.isEmpty()) {
      return lit(false);
    }
    KeyedHash keyed = hash;
    UDF1<@Nullable String, Boolean> exact = id -> id != null && tombstones.contains(keyed.of(id));
    return coalesce(
        when(
                bucket(customerId).isInCollection(buckets),
                udf(exact, DataTypes.BooleanType).apply(customerId))
            .otherwise(lit(false)),
        lit(false));
  }

  /** The function a DELETE calls, so that the table's log keeps hashes instead of ids. */
  UDF1<@Nullable String, @Nullable String> function() {
    return hash.function();
  }
}
