package io.gradus.lake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code faulty}: counts operations that change something and fails
 * one of them, or that one and all after it, with the exception of a full disk.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final URI NAME = URI.create("faulty:///");
  private static final AtomicInteger OPERATIONS = new AtomicInteger();
  private static volatile int failAt;
  private static volatile boolean power;

  /**
   * Fails an operation from here on.
   *
   * @param operation which one, the first being 1
   * @param allAfter whether every later one fails as well, as after a power cut
   */
  static void arm(int operation, boolean allAfter) {
    OPERATIONS.set(0);
    power = allAfter;
    failAt = operation;
  }

  /** Lets everything pass and starts to count. */
  static void disarm() {
    failAt = 0;
    OPERATIONS.set(0);
  }

  /** The operations since it was last armed or disarmed. */
  static int operations() {
    return OPERATIONS.get();
  }

  /** Fails one operation from here on, the first being 1, until it is closed. */
  public static AutoCloseable failing(int operation) {
    arm(operation, false);
    return FaultyFileSystem::disarm;
  }

  /** Registers the scheme with a Spark application. */
  public static void register(Configuration configuration) {
    configuration.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    configuration.set("fs.AbstractFileSystem.faulty.impl", Abstract.class.getName());
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  private static void change(String what, Path path) throws IOException {
    int operation = OPERATIONS.incrementAndGet();
    int wanted = failAt;
    if (wanted > 0 && (power ? operation >= wanted : operation == wanted)) {
      throw new IOException("No space left on device (injected at " + what + " " + path + ")");
    }
  }

  @Override
  public FSDataOutputStream create(
      Path f, boolean overwrite, int buffer, short replication, long block, Progressable progress)
      throws IOException {
    change("create", f);
    return super.create(f, overwrite, buffer, replication, block, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path f,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    change("create", f);
    return super.create(f, permission, overwrite, buffer, replication, block, progress);
  }

  @Override
  public boolean rename(Path src, Path dst) throws IOException {
    change("rename", dst);
    return super.rename(src, dst);
  }

  @Override
  public boolean delete(Path p, boolean recursive) throws IOException {
    change("delete", p);
    return super.delete(p, recursive);
  }

  /** The same for code that uses {@code FileContext}, as Delta's log does. */
  public static final class Abstract extends DelegateToFileSystem {
    /** Called by Hadoop. */
    public Abstract(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, initialised(configuration), configuration, "faulty", false);
    }

    private static FaultyFileSystem initialised(Configuration configuration) throws IOException {
      FaultyFileSystem fs = new FaultyFileSystem();
      fs.initialize(NAME, configuration);
      return fs;
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }
}
