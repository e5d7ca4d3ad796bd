package io.gradus.testing;

import io.gradus.lake.SessionOptions;
import io.gradus.lake.SparkSessions;
import java.util.Map;
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
        SparkSessions.start(
            new SessionOptions(
                "local[2]",
                "gradus-tests",
                0,
                false,
                Map.of("spark.sql.warehouse.dir", "target/spark-warehouse")));

    @Override
    public void close() {
      session.stop();
    }
  }
}
