package io.gradus.monitor;

import io.gradus.error.GradusException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Every alert of a lake with its state. The same cause on several nights is one alert; one that was
 * not found true for {@value #EXPIRES_AFTER_DAYS} days expires; a closed one stays quiet as long as
 * its cause goes on without such a pause.
 */
public final class AlertBook {
  /** Days without being found true after which an alert expires. */
  public static final int EXPIRES_AFTER_DAYS = 30;

  /** What became of an alert. */
  public enum State {
    OPEN,
    ACKNOWLEDGED,
    CLOSED,
    EXPIRED;

    /** The state as tables write it. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean waits() {
      return this == OPEN || this == ACKNOWLEDGED;
    }
  }

  /**
   * An alert with its state, a row of {@code ops.alert}.
   *
   * @param id short name, for people to type
   * @param alert what was found when it was raised, with the newest figure
   * @param openedOn as-of date that raised it
   * @param lastSeenOn newest as-of date that found it true
   * @param endedOn as-of date it was closed or expired
   * @param runId the run that raised it
   */
  public record Entry(
      String id,
      Alert alert,
      State state,
      LocalDate openedOn,
      LocalDate lastSeenOn,
      @Nullable LocalDate endedOn,
      @Nullable String acknowledgedBy,
      @Nullable String closedBy,
      @Nullable String note,
      String runId) {

    private Entry seen(Alert now, LocalDate on) {
      Alert same =
          new Alert(
              alert.source(),
              alert.type(),
              alert.severity(),
              alert.subject(),
              alert.customerId(),
              alert.owner(),
              now.value(),
              now.bound(),
              now.english(),
              now.chinese());
      return new Entry(
          id, same, state, openedOn, on, endedOn, acknowledgedBy, closedBy, note, runId);
    }

    private Entry as(
        State next,
        @Nullable LocalDate ended,
        @Nullable String by,
        @Nullable String closer,
        @Nullable String text) {
      return new Entry(id, alert, next, openedOn, lastSeenOn, ended, by, closer, text, runId);
    }
  }

  private final List<Entry> entries;

  /** A book with what is known so far. */
  public AlertBook(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Every alert, newest first, then by id. */
  public List<Entry> entries() {
    return entries.stream()
        .sorted(Comparator.comparing(Entry::openedOn).reversed().thenComparing(Entry::id))
        .toList();
  }

  /** The alerts that were opened on a date and wait for somebody. */
  public List<Entry> opened(LocalDate date) {
    return entries().stream()
        .filter(entry -> entry.openedOn().equals(date) && entry.state().waits())
        .toList();
  }

  /**
   * The book after a night. What an earlier run for the same date opened, and this one does not
   * find, is taken back unless somebody has taken it up.
   *
   * @param found everything found true tonight
   */
  public AlertBook after(List<Alert> found, LocalDate asOf, String runId) {
    Map<String, Alert> causes = new HashMap<>();
    found.forEach(alert -> causes.putIfAbsent(alert.cause(), alert));
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      boolean fresh = !entry.lastSeenOn().plusDays(EXPIRES_AFTER_DAYS).isBefore(asOf);
      Alert again = causes.get(entry.alert().cause());
      boolean taken = entry.state() == State.CLOSED && fresh;
      if (again != null && (entry.state().waits() && fresh || taken)) {
        causes.remove(entry.alert().cause());
        next.add(entry.seen(again, asOf));
      } else if (entry.state().waits() && !fresh) {
        next.add(entry.as(State.EXPIRED, asOf, entry.acknowledgedBy(), null, entry.note()));
      } else if (!(entry.state() == State.OPEN && entry.openedOn().equals(asOf))) {
        next.add(entry);
      }
    }
    found.stream()
        .filter(alert -> causes.remove(alert.cause()) != null)
        .forEach(alert -> next.add(open(alert, asOf, runId)));
    return new AlertBook(next);
  }

  private static Entry open(Alert alert, LocalDate asOf, String runId) {
    CRC32 sum = new CRC32();
    sum.update((alert.cause() + "|" + asOf).getBytes(StandardCharsets.UTF_8));
    String id = String.format(java.util.Locale.ROOT, "a%08x", sum.getValue());
    return new Entry(id, alert, State.OPEN, asOf, asOf, null, null, null, null, runId);
  }

  /**
   * Somebody takes an alert up.
   *
   * @throws GradusException usage failure for an unknown id or an alert that has ended
   */
  public AlertBook acknowledge(String id, String by, @Nullable String note) {
    Entry entry = waiting(id);
    return with(entry.as(State.ACKNOWLEDGED, null, by, null, note(entry, note)));
  }

  /**
   * Somebody closes an alert.
   *
   * @param on the newest published as-of date
   * @throws GradusException usage failure for an unknown id or an alert that has ended
   */
  public AlertBook close(String id, String by, @Nullable String note, LocalDate on) {
    Entry entry = waiting(id);
    return with(entry.as(State.CLOSED, on, entry.acknowledgedBy(), by, note(entry, note)));
  }

  private static @Nullable String note(Entry entry, @Nullable String note) {
    return note == null ? entry.note() : note;
  }

  private Entry waiting(String id) {
    Entry entry =
        entries.stream()
            .filter(e -> e.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    GradusException.usage(
                        "There is no alert " + id + "; gradus alert list shows them."));
    if (!entry.state().waits()) {
      throw GradusException.usage(
          "Alert " + id + " is " + entry.state().code() + " already; nothing to change.");
    }
    return entry;
  }

  private AlertBook with(Entry changed) {
    return new AlertBook(
        entries.stream().map(e -> e.id().equals(changed.id()) ? changed : e).toList());
  }
}
