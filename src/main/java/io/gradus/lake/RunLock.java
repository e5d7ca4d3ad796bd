package io.gradus.lake;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.error.GradusException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * At most one writer per lake. Each acquisition creates the next numbered file in {@code
 * _gradus/lock}; its number is the fencing epoch. The holder is the highest number without a
 * release file. A later epoch fences all earlier ones: {@link #verifyHeld} refuses them, and so
 * does the publication table's own log.
 *
 * <p>A lock is taken over without asking when its owner is gone: its process on this host has
 * ended, or its heartbeat is older than {@link #STALE_AFTER}.
 */
public final class RunLock implements AutoCloseable {
  /** The heartbeat age from which an owner counts as gone. */
  public static final Duration STALE_AFTER = Duration.ofMinutes(10);

  /** The time between two heartbeats. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private static final Pattern LOCK_FILE = Pattern.compile("\\d{10}\\.lock");

  private static final long FENCING_NUMBERS_PER_EPOCH = 1_000_000;

  private final SmallFiles files;
  private final Path folder;
  private final long epoch;
  private final AtomicLong fencingNumber = new AtomicLong();
  private final boolean takenOver;
  private final InstantSource clock;
  private final ScheduledExecutorService pulse;

  private RunLock(
      SmallFiles files, Path folder, long epoch, boolean takenOver, InstantSource clock) {
    this.files = files;
    this.folder = folder;
    this.epoch = epoch;
    this.takenOver = takenOver;
    this.clock = clock;
    this.pulse =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "gradus-lock-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    long seconds = HEARTBEAT.toSeconds();
    var unused = pulse.scheduleAtFixedRate(this::beat, seconds, seconds, TimeUnit.SECONDS);
  }

  /**
   * Takes the lake's lock.
   *
   * @param purpose what the holder does, for the message another run sees: command and as-of date
   * @throws GradusException lock held (exit 5) naming the owner, its start and its last heartbeat
   */
  public static RunLock acquire(
      SparkSession spark, String root, String purpose, InstantSource clock) {
    SmallFiles files = new SmallFiles(spark.sessionState().newHadoopConf());
    Path folder = new Path(LakeFolders.qualified(files, root), "_gradus/lock");
    Optional<Long> newest = newestEpoch(files, folder);
    boolean released = newest.isEmpty() || files.exists(released(folder, newest.get()));
    if (!released) {
      refuseLiving(files, folder, newest.get(), clock.instant());
    }
    long epoch = newest.orElse(0L) + 1;
    Map<String, Object> owner = LockOwner.current().describe(purpose, clock.instant());
    if (!files.createIfAbsent(lock(folder, epoch), Json.write(owner))) {
      throw GradusException.lockHeld(
          "The lake " + root + " was locked by another run this moment. Try again later.");
    }
    removeOlder(files, folder, epoch);
    return new RunLock(files, folder, epoch, !released, clock);
  }

  /** The fencing epoch: higher than that of every earlier holder. */
  public long epoch() {
    return epoch;
  }

  /** A number that rises with each call and is higher than any of an earlier epoch. */
  long nextFencingNumber() {
    return epoch * FENCING_NUMBERS_PER_EPOCH + fencingNumber.incrementAndGet();
  }

  /** The time by the clock the lock was taken with. */
  Instant now() {
    return clock.instant();
  }

  /** Whether the holder before this one ended without releasing the lock. */
  public boolean takenOver() {
    return takenOver;
  }

  /**
   * Refuses to go on once a later run has taken over.
   *
   * @throws GradusException fenced (exit 75)
   */
  public void verifyHeld() {
    long newest = newestEpoch(files, folder).orElse(0L);
    if (newest != epoch || !files.exists(lock(folder, epoch))) {
      throw GradusException.fenced(
          "This run's lock (epoch "
              + epoch
              + ") was taken over by a later run (epoch "
              + newest
              + "). Nothing of this run was published.");
    }
  }

  /** Releases the lock, unless a later run holds it by now. */
  @Override
  public void close() {
    pulse.shutdownNow();
    if (newestEpoch(files, folder).orElse(0L) == epoch) {
      files.write(released(folder, epoch), Json.write(Map.of("at", clock.instant().toString())));
    }
  }

  private void beat() {
    try {
      files.write(heartbeat(folder, epoch), clock.instant().toString());
    } catch (GradusException e) {
      // A missed beat only ages the lock; the run's next write reports the storage failure.
    }
  }

  private static void refuseLiving(SmallFiles files, Path folder, long epoch, Instant now) {
    Optional<JsonNode> owner = files.read(lock(folder, epoch)).flatMap(Json::parse);
    String start = owner.map(node -> node.path("started").asText("")).orElse("");
    String beat = files.read(heartbeat(folder, epoch)).orElse(start).strip();
    Duration age = beat.isEmpty() ? Duration.ZERO : Duration.between(Instant.parse(beat), now);
    boolean gone = owner.isPresent() && LockOwner.current().knowsDead(owner.get());
    if (gone || age.compareTo(STALE_AFTER) > 0) {
      return;
    }
    throw GradusException.lockHeld(
        "The lake is locked by "
            + owner.map(LockOwner::text).orElse("a run that is starting")
            + ", last heartbeat "
            + (beat.isEmpty() ? "none" : beat)
            + ". Wait for it; a dead run is taken over after "
            + STALE_AFTER.toMinutes()
            + " minutes ("
            + lock(folder, epoch)
            + ").");
  }

  private static Optional<Long> newestEpoch(SmallFiles files, Path folder) {
    List<String> names =
        files.list(folder).stream()
            .map(file -> file.getPath().getName())
            .filter(name -> LOCK_FILE.matcher(name).matches())
            .toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(Long.valueOf(names.get(names.size() - 1).substring(0, 10)));
  }

  private static void removeOlder(SmallFiles files, Path folder, long epoch) {
    String own = String.format(Locale.ROOT, "%010d", epoch);
    files.list(folder).stream()
        .map(file -> file.getPath())
        .filter(path -> path.getName().compareTo(own) < 0 && !path.getName().startsWith("."))
        .forEach(files::delete);
  }

  private static Path lock(Path folder, long epoch) {
    return file(folder, epoch, "lock");
  }

  private static Path heartbeat(Path folder, long epoch) {
    return file(folder, epoch, "heartbeat");
  }

  private static Path released(Path folder, long epoch) {
    return file(folder, epoch, "released");
  }

  private static Path file(Path folder, long epoch, String kind) {
    return new Path(folder, String.format(Locale.ROOT, "%010d.%s", epoch, kind));
  }
}
