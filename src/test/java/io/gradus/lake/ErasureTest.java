package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.GROWING;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.customers;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.lake.LakeFixture.movements;
import static io.gradus.lake.LakeFixture.night;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.table.TableSpec;
import io.gradus.testing.SparkExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ErasureTest {
  private static final List<TableSpec> TABLES = List.of(CURRENT, SNAPSHOT, GROWING);

  @Test
  void anErasedCustomerIsGoneFromEveryByteAndStaysOut(SparkSession spark, @TempDir Path root)
      throws Exception {
    Lake lake = Lake.open(spark, root.toString());
    Erasure erasure = new Erasure(lake, Optional.empty());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run-1", FIRST);
      lake.append(GROWING, movements(spark, 20), run);
      night(lake, spark, run, 20, 10);
      assertThat(scan(spark, root, "c7").found()).isNotEmpty();
      assertThat(movements(spark, 20).filter(erasure.erased(col("customer_id"))).count()).isZero();

      EraseReceipt receipt =
          erasure.erase(lake.begin(lock, "erase-1", SECOND), List.of("c7"), TABLES);
      assertThat(receipt.remaining()).isEmpty();
      assertThat(receipt.filesScanned()).isGreaterThan(20);
      assertThat(receipt.deletedRows())
          .containsEntry(GROWING.path(), 1L)
          .containsEntry(CURRENT.path(), 1L)
          .containsEntry(SNAPSHOT.path(), 1L);
      assertThat(lake.readPublished(GROWING).count()).isEqualTo(19);
      assertThat(lake.readPublished(SNAPSHOT).count()).isEqualTo(19);
      assertThat(customers(spark, 20, 1).filter(erasure.erased(col("customer_id"))).collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("c7");
      // c1, c10 … c19 share the text but not the word.
      assertThat(scan(spark, root, "c19").found()).isNotEmpty();

      Path key = root.resolve("_gradus/erasure.key");
      Files.move(key, root.resolve("elsewhere"));
      assertThatThrownBy(() -> erasure.erased(col("customer_id")))
          .hasMessageContaining("is missing");
    }
  }

  @Test
  void tombstonesAreHmacSha256(SparkSession spark) {
    // RFC 4231, test case 2: key "Jefe", padded with zeros as HMAC itself pads it.
    StringBuilder key = new StringBuilder();
    for (byte b : "Jefe".getBytes(StandardCharsets.US_ASCII)) {
      key.append(String.format("%02x", b));
    }
    String padded = key + "0".repeat(64 - key.length());
    assertThat(new Tombstones(padded).of("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  private static ByteScan scan(SparkSession spark, Path root, String id) {
    SmallFiles files = new SmallFiles(spark.sessionState().newHadoopConf());
    ByteScan scan = new ByteScan(spark, files, List.of(id));
    scan.folder(LakeFolders.qualified(files, root.toString()));
    return scan;
  }
}
