package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import io.gradus.clv.SpendData;
import io.gradus.clv.SpendGroups;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Customers' (number, mean value) of purchases, packed into byte chunks: collected while their
 * number stays within a bound and left on the cluster beyond it. Rows without a purchase or without
 * a positive value are left out. A closed instance frees what it keeps.
 */
final class SpendRows implements AutoCloseable {
  private static final int CHUNK = 1 << 18;
  private static final int ROW_BYTES = Integer.BYTES + Double.BYTES;

  private final JavaRDD<byte[]> chunks;
  private @Nullable DistributedSpend distributed;
  private final long maxDriverRows;

  /**
   * @param cap mean values above count as this much; infinite for no cap
   */
  SpendRows(Dataset<?> customers, Column number, Column mean, double cap, long maxDriverRows) {
    this.maxDriverRows = maxDriverRows;
    this.chunks =
        customers
            .select(number.cast("int").as("x"), least(mean.cast("double"), lit(cap)).as("m"))
            .where("x > 0 and m > 0 and m < double('Infinity')")
            .mapPartitions((MapPartitionsFunction<Row, byte[]>) SpendRows::pack, Encoders.BINARY())
            .javaRDD()
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** On this machine within the bound, otherwise over the cluster. */
  SpendData load() {
    long bytes = chunks.mapToDouble(chunk -> chunk.length).sum().longValue();
    if (bytes / ROW_BYTES > maxDriverRows) {
      distributed = new DistributedSpend(chunks.map(chunk -> unpack(List.of(chunk))));
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
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK * ROW_BYTES);
      while (rows.hasNext() && buffer.hasRemaining()) {
        Row row = rows.next();
        buffer.putInt(row.getInt(0)).putDouble(row.getInt(0) * row.getDouble(1));
      }
      chunks.add(Arrays.copyOf(buffer.array(), buffer.position()));
    }
    return chunks.iterator();
  }

  private static SpendGroups unpack(List<byte[]> chunks) {
    int n = chunks.stream().mapToInt(chunk -> chunk.length / ROW_BYTES).sum();
    int[] purchases = new int[n];
    double[] total = new double[n];
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    int i = 0;
    for (byte[] chunk : chunks) {
      ByteBuffer buffer = ByteBuffer.wrap(chunk);
      while (buffer.hasRemaining()) {
        purchases[i] = buffer.getInt();
        total[i++] = buffer.getDouble();
      }
    }
    return SpendGroups.of(purchases, total, weights);
  }
}
