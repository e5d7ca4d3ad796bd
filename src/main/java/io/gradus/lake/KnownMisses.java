package io.gradus.lake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which classes of Java, Scala and Spark do not exist. The compiler of Spark's generated
 * code asks for the same few hundred wrong names with every query, and each question searches all
 * jars of the class path. Other names are asked for anew: a notebook may still add them.
 */
final class KnownMisses extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Set<String> missing = ConcurrentHashMap.newKeySet();

  KnownMisses(ClassLoader parent) {
    super(parent);
  }

  /** Serves this thread, and those that it starts from now on. */
  static void install() {
    Thread thread = Thread.currentThread();
    if (!(thread.getContextClassLoader() instanceof KnownMisses)) {
      thread.setContextClassLoader(new KnownMisses(thread.getContextClassLoader()));
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (missing.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    try {
      return super.loadClass(name, resolve);
    } catch (ClassNotFoundException e) {
      if (name.startsWith("org.apache.spark")
          || name.startsWith("scala")
          || name.startsWith("java")) {
        missing.add(name);
      }
      throw e;
    }
  }
}
