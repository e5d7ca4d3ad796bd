package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.clv.History;
import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseGroups;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Customers' rows as weighted groups of equal (frequency, recency, T): grouped by Spark, packed
 * into byte chunks, collected while their number stays within a bound and left on the cluster
 * beyond it. A closed instance frees what it keeps there.
 */
final class PurchaseRows implements AutoCloseable {
  private static final int CHUNK = 1 << 16;
  private static final int GROUP_BYTES = 2 * Long.BYTES;
  private static final int HEADER_BYTES = Double.BYTES;

  private final JavaRDD<byte[]> chunks;
  private @Nullable DistributedPurchases distributed;
  private final long maxDriverGroups;

  /**
   * @param logGapMean column with the mean natural logarithm of a customer's gaps in days, or null
   *     when not known
   */
  PurchaseRows(
      Dataset<?> customers,
      String frequency,
      String recency,
      String age,
      @Nullable String logGapMean,
      long maxDriverGroups) {
    Column gaps =
        logGapMean == null
            ? lit(Double.NaN)
            : coalesce(
                col(frequency)
                    .cast("double")
                    .multiply(col(logGapMean).cast("double").minus(Math.log(7))),
                lit(0.0));
    this.maxDriverGroups = maxDriverGroups;
    this.chunks =
        customers
            .select(
                col(frequency).cast("int").as("x"),
                col(recency).cast("int").as("r"),
                col(age).cast("int").as("t"),
                gaps.as("g"))
            .where("x is not null and r is not null and t is not null")
            .groupBy("x", "r", "t")
            .agg(count(lit(1)).as("n"), sum("g").as("g"))
            .mapPartitions(
                (MapPartitionsFunction<Row, byte[]>) PurchaseRows::pack, Encoders.BINARY())
            .javaRDD()
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** On this machine within the bound, otherwise over the cluster. */
  PurchaseData load() {
    long bytes = chunks.mapToDouble(chunk -> chunk.length).sum().longValue();
    if (bytes / GROUP_BYTES > maxDriverGroups) {
      distributed = new DistributedPurchases(chunks.map(chunk -> unpack(List.of(chunk))));
      return distributed;
    }
    return unpack(chunks.collect());
  }

  @Override
  public void close() {
    if (distributed != null) {
      distributed.close();
    }
    chunks.unpersist();
  }

  private static Iterator<byte[]> pack(Iterator<Row> rows) {
    List<byte[]> chunks = new ArrayList<>();
    while (rows.hasNext()) {
      ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + CHUNK * GROUP_BYTES);
      buffer.position(HEADER_BYTES);
      double logGaps = 0;
      while (rows.hasNext() && buffer.hasRemaining()) {
        Row row = rows.next();
        History history = new History(row.getInt(0), row.getInt(1), row.getInt(2));
        buffer.putLong(PurchaseGroups.key(history)).putLong(row.getLong(3));
        logGaps += row.getDouble(4);
      }
      buffer.putDouble(0, logGaps);
      byte[] chunk = new byte[buffer.position()];
      buffer.get(0, chunk);
      chunks.add(chunk);
    }
    return chunks.iterator();
  }

  private static PurchaseGroups unpack(List<byte[]> chunks) {
    int n = chunks.stream().mapToInt(chunk -> (chunk.length - HEADER_BYTES) / GROUP_BYTES).sum();
    long[] keys = new long[n];
    double[] weights = new double[n];
    double logGaps = 0;
    int i = 0;
    for (byte[] chunk : chunks) {
      ByteBuffer buffer = ByteBuffer.wrap(chunk);
      logGaps += buffer.getDouble();
      while (buffer.hasRemaining()) {
        keys[i] = buffer.getLong();
        weights[i++] = buffer.getLong();
      }
    }
    return PurchaseGroups.of(keys, weights, logGaps);
  }
}
