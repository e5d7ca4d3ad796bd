package io.gradus.lake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process as seen from the host it runs on.
 *
 * @param host host name and, on Linux, the process namespace, so that containers that share a host
 *     name do not take each other's process numbers for their own
 * @param pid the process number
 * @param processStart when the process started, because numbers are used again; empty if unknown
 */
record LockOwner(String host, long pid, String processStart) {
  private static final Path PROCESS_NAMESPACE = Path.of("/proc/self/ns/pid");

  static LockOwner current() {
    ProcessHandle self = ProcessHandle.current();
    return new LockOwner(hostName(), self.pid(), startOf(self));
  }

  Map<String, Object> describe(String purpose, Instant now) {
    return Map.of(
        "host", host,
        "pid", pid,
        "process_start", processStart,
        "user", System.getProperty("user.name", ""),
        "purpose", purpose,
        "started", now.toString());
  }

  /** Whether the owner ran on this host and its process has ended. */
  boolean knowsDead(JsonNode owner) {
    if (!owner.path("host").asText("").equals(host)) {
      return false;
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(owner.path("pid").asLong(-1)).filter(ProcessHandle::isAlive);
    String started = owner.path("process_start").asText("");
    return process.isEmpty() || !startOf(process.get()).equals(started);
  }

  /** The owner in a message. */
  static String text(JsonNode owner) {
    return owner.path("purpose").asText("?")
        + " of "
        + owner.path("user").asText("?")
        + " on "
        + owner.path("host").asText("?")
        + " (process "
        + owner.path("pid").asText("?")
        + ", since "
        + owner.path("started").asText("?")
        + ")";
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      name = "localhost";
    }
    try {
      return name + " " + Files.readSymbolicLink(PROCESS_NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      return name;
    }
  }
}
