package io.gradus.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The code that runs.
 *
 * @param version the release
 * @param hash hash of the jar; {@code development} when classes run from a folder
 */
public record Build(String version, String hash) {
  private static final String DEVELOPMENT = "development";

  /** What this process was started from. */
  public static Build current() {
    String version =
        Objects.requireNonNullElse(
            Build.class.getPackage().getImplementationVersion(), DEVELOPMENT);
    CodeSource source = Build.class.getProtectionDomain().getCodeSource();
    try {
      Path jar = source == null ? null : Path.of(source.getLocation().toURI());
      if (jar == null || !Files.isRegularFile(jar)) {
        return new Build(version, DEVELOPMENT);
      }
      try (InputStream bytes = Files.newInputStream(jar)) {
        return new Build(version, DigestUtils.sha256Hex(bytes.readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the program's own jar", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is no URI", e);
    }
  }
}
