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
 * one of them.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  static final URI NAME = URI.create("faulty:///");
  static final AtomicInteger OPERATIONS = new AtomicInteger();
  static volatile int failAt;

  /** Registers the scheme with a Spark application. */
  static void register(Configuration configuration) {
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
    if (OPERATIONS.incrementAndGet() == failAt) {
      throw new IOException("injected failure: " + what + " " + path.getName());
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
