package io.gradus.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownMissesTest {
  /** Keeps what it is asked for. */
  private static final class Asked extends ClassLoader {
    private final List<String> names = new ArrayList<>();

    Asked() {
      super(KnownMissesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      names.add(name);
      return super.loadClass(name, resolve);
    }
  }

  private final Asked asked = new Asked();
  private final ClassLoader loader = new KnownMisses(asked);

  @Test
  void aWrongNameOfSparkIsLookedForOnce() {
    misses("org.apache.spark.sql.catalyst.expressions.Object");
    misses("org.apache.spark.sql.catalyst.expressions.Object");

    assertThat(asked.names).hasSize(1);
  }

  @Test
  void otherNamesAreAskedForAnew() {
    misses("REPL.Later");
    misses("REPL.Later");

    assertThat(asked.names).hasSize(2);
  }

  @Test
  void aClassThatExistsIsTheParents() throws ClassNotFoundException {
    assertThat(loader.loadClass("org.apache.spark.sql.SparkSession"))
        .isSameAs(org.apache.spark.sql.SparkSession.class);
  }

  private void misses(String name) {
    assertThatThrownBy(() -> loader.loadClass(name)).isInstanceOf(ClassNotFoundException.class);
  }
}
