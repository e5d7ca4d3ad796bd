package io.gradus.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the machine's own binaries on a random loopback port, with its data in a
 * temporary folder. PostgreSQL refuses to run as root, so then it runs as {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {
  /**
   * The account of the tests and its password, which has what a careless program would break on.
   */
  public static final String USER = "gradus";

  public static final String PASSWORD = "s3cret'\"$ %";

  private static final Path HOME = Path.of("/usr/lib/postgresql");

  private final Path bin;
  private final Path folder;
  private final int port;

  private PostgresServer(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** The newest installed server's programs; empty when none is installed. */
  public static Optional<Path> binaries() {
    if (!Files.isDirectory(HOME)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(HOME)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server. */
  public static PostgresServer start(Path bin) throws IOException {
    Path folder = Files.createTempDirectory("gradus-postgres-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path secret = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresServer server = new PostgresServer(bin, folder, port);
    String data = folder.resolve("data").toString();
    server.run(
        "initdb",
        "-D",
        data,
        "-U",
        USER,
        "--pwfile=" + secret,
        "--auth=scram-sha-256",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
    String options =
        "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=''";
    server.run(
        "pg_ctl", "-D", data, "-l", folder.resolve("log").toString(), "-o", options, "-w", "start");
    return server;
  }

  /** The URL of its database, without an account. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path output = folder.resolve(program + ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(program + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop");
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    }
  }
}
