package io.gradus.testing;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one {@link SparkSession} per test JVM to every test that asks for it as a parameter, and
 * stops it after the last test. Use with {@code @ExtendWith(SparkExtension.class)}.
 */
public final class SparkExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class)
        .session;
  }

  private static final class Shared
      implements AutoCloseable, ExtensionContext.Store.CloseableResource {
    private final SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .appName("gradus-tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.databricks.delta.skipRecordingEmptyCommits", "false")
            .config("spark.databricks.delta.snapshotPartitions", "2")
            .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
            .config("spark.hadoop.parquet.page.verify-checksum.enabled", "true")
            .config("spark.sql.warehouse.dir", "target/spark-warehouse")
            .getOrCreate();

    @Override
    public void close() {
      session.stop();
    }
  }
}
