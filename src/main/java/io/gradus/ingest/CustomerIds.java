package io.gradus.ingest;

import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** One spelling for each customer id: NFC, no zero-width characters, no blanks around it. */
final class CustomerIds {
  private static final Pattern ZERO_WIDTH = Pattern.compile("[\\u200B-\\u200D\\u2060\\uFEFF]");
  private static final Pattern BLANKS = Pattern.compile("[\\u00A0\\u2000-\\u200A\\u202F\\u3000]");
  private static final UserDefinedFunction NORMALISE =
      udf((UDF1<String, String>) CustomerIds::normalise, DataTypes.StringType);

  private CustomerIds() {}

  /** Plain ASCII ids, nearly all of them, only lose the blanks around them. */
  static Column normalised(Column id) {
    return when(id.rlike("[^\\x00-\\x7F]"), NORMALISE.apply(id)).otherwise(trim(id));
  }

  static @Nullable String normalise(@Nullable String id) {
    if (id == null) {
      return null;
    }
    String visible =
        ZERO_WIDTH.matcher(Normalizer.normalize(id, Normalizer.Form.NFC)).replaceAll("");
    return BLANKS.matcher(visible).replaceAll(" ").strip();
  }
}
