package io.gradus.testing;

import io.gradus.lake.SessionOptions;
import io.gradus.lake.SparkSessions;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one {@link SparkSession} per test JVM to every test that asks for it as a parameter, and
 * stops it after the last test. Use with {@code @ExtendWith(SparkExtension.class)}.
 *
 * <p>Queries are compiled, whatever the test before has left in the session; whole nights choose
 * for themselves. {@code -Dspark.sql.codegen.factoryMode=…} decides for all of them.
 */
public final class SparkExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);
  private static final String EXPRESSIONS = "spark.sql.codegen.factoryMode";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SparkSession session =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class)
            .session;
    session.conf().set(EXPRESSIONS, new SparkConf().get(EXPRESSIONS, "FALLBACK"));
    return session;
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
