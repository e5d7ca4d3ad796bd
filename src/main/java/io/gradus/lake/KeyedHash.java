package io.gradus.lake;

import static org.apache.spark.sql.functions.udf;

import io.gradus.error.GradusException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 of a text (RFC 2104) under a secret key: who has the key can tell which text a hash
 * stands for by trying it, nobody else can.
 */
public final class KeyedHash implements Serializable {
  /** What a key file holds: 64 hexadecimal digits in lower case, 256 bits. */
  static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private static final long serialVersionUID = 1L;
  private static final int FINGERPRINT_LENGTH = 16;

  private final String keyHex;

  KeyedHash(String keyHex) {
    this.keyHex = keyHex;
  }

  /**
   * The hash under the key in a file.
   *
   * @throws GradusException usage failure when the file is missing or holds no key
   */
  public static KeyedHash read(SparkSession spark, String keyFile) {
    String key =
        new SmallFiles(spark.sessionState().newHadoopConf())
            .read(new Path(keyFile))
            .map(String::strip)
            .orElseThrow(
                () ->
                    GradusException.usage(
                        "The key file "
                            + keyFile
                            + " is missing. Make one with: openssl rand -hex 32"));
    if (!KEY.matcher(key).matches()) {
      throw GradusException.usage(
          "The key file " + keyFile + " does not hold 64 hexadecimal digits in lower case.");
    }
    return new KeyedHash(key);
  }

  /** The hash of a text, 64 hexadecimal digits. */
  public String of(String text) {
    return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, HexFormat.of().parseHex(keyHex))
        .hmacHex(text);
  }

  /** The hash of a text column; NULL for NULL. */
  public Column of(Column text) {
    return udf(function(), DataTypes.StringType).apply(text);
  }

  /** Tells two keys apart without telling either. */
  public String fingerprint() {
    return of("gradus").substring(0, FINGERPRINT_LENGTH);
  }

  UDF1<@Nullable String, @Nullable String> function() {
    KeyedHash hash = this;
    return text -> text == null ? null : hash.of(text);
  }

  String keyHex() {
    return keyHex;
  }
}
