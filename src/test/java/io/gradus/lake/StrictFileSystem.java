package io.gradus.lake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Files under the scheme {@code strict} that behave as on HDFS: a rename onto an existing file is
 * refused, a creation without overwrite is atomic. Nothing that asks for the scheme {@code file}
 * finds them.
 */
public final class StrictFileSystem extends RawLocalFileSystem {
  private static final URI NAME = URI.create("strict:///");

  /** Registers the scheme with a Spark application. */
  static void register(Configuration configuration) {
    configuration.set("fs.strict.impl", StrictFileSystem.class.getName());
    configuration.set("fs.AbstractFileSystem.strict.impl", Abstract.class.getName());
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return "strict";
  }

  @Override
  public FSDataOutputStream create(
      Path f, boolean overwrite, int buffer, short replication, long block, Progressable progress)
      throws IOException {
    synchronized (StrictFileSystem.class) {
      return super.create(f, overwrite, buffer, replication, block, progress);
    }
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
    synchronized (StrictFileSystem.class) {
      return super.create(f, permission, overwrite, buffer, replication, block, progress);
    }
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    return !(exists(target) && getFileStatus(target).isFile()) && super.rename(source, target);
  }

  /** The same for code that uses {@code FileContext}, as Delta's log does. */
  public static final class Abstract extends DelegateToFileSystem {
    /** Called by Hadoop. */
    public Abstract(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, initialised(configuration), configuration, "strict", false);
    }

    private static StrictFileSystem initialised(Configuration configuration) throws IOException {
      StrictFileSystem fs = new StrictFileSystem();
      fs.initialize(NAME, configuration);
      return fs;
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }
}
