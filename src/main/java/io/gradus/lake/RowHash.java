package io.gradus.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Hashes what is written into a table: the number of rows, the exclusive or and the sum of their
 * hashes, so that neither the order of rows nor their files show. The run and columns of map type
 * are left out.
 */
final class RowHash {
  private static final long MODULUS = (1L << 31) - 1;

  private RowHash() {}

  /** Hashes the rows on their way to the files: no second pass. */
  static Dataset<Row> observed(TableSpec spec, Dataset<Row> rows, Observation into) {
    List<Column> values = new ArrayList<>();
    for (ColumnSpec column : spec.columns()) {
      if (counts(column)) {
        Column value = col("`" + column.name() + "`");
        values.add(value);
        if (column.nullable()) {
          // Spark's hash skips NULL, so that (NULL, 1) and (1, NULL) would look the same.
          values.add(value.isNull());
        }
      }
    }
    Column hash = functions.xxhash64(values.toArray(Column[]::new));
    return rows.observe(
        into,
        count(lit(1)).as("rows"),
        functions.bit_xor(hash).as("mixed"),
        functions.sum(functions.pmod(hash, lit(MODULUS))).as("total"));
  }

  /** The hash of rows that have been written. */
  static String of(Observation written) {
    Map<String, Object> values = values(written);
    return text(
        number(values.get("rows")), number(values.get("mixed")), number(values.get("total")));
  }

  /** The hash of rows at hand, in the order of the table's columns. */
  static String of(TableSpec spec, List<InternalRow> rows) {
    XxHash64 hash = new XxHash64(CollectionConverters.asScala(values(spec)).toSeq());
    long mixed = 0;
    long total = 0;
    for (InternalRow row : rows) {
      long value = (long) hash.eval(row);
      mixed ^= value;
      total += Math.floorMod(value, MODULUS);
    }
    return text(rows.size(), mixed, total);
  }

  private static List<Expression> values(TableSpec spec) {
    List<Expression> values = new ArrayList<>();
    for (int i = 0; i < spec.columns().size(); i++) {
      ColumnSpec column = spec.columns().get(i);
      if (counts(column)) {
        Expression value = new BoundReference(i, column.type(), column.nullable());
        values.add(value);
        if (column.nullable()) {
          values.add(new IsNull(value));
        }
      }
    }
    return values;
  }

  private static boolean counts(ColumnSpec column) {
    return !column.name().equals(Columns.RUN_ID) && !column.type().catalogString().contains("map<");
  }

  private static String text(long rows, long mixed, long total) {
    return String.format(Locale.ROOT, "%x-%016x-%016x", rows, mixed, total);
  }

  private static Map<String, Object> values(Observation written) {
    try {
      return written.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted after a write", e);
    }
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number n ? n.longValue() : 0;
  }
}
