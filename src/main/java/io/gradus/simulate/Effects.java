package io.gradus.simulate;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The planted events together, as the ledger asks for them order by order. */
final class Effects {
  private static final int PLACED = 0;
  private static final int FIRST_LINE = 8;

  private final List<Event> events;
  private final long seed;

  Effects(List<Event> events, long seed) {
    this.events = events;
    this.seed = seed;
  }

  /** Epoch day from which the customer places no order. */
  long leaves(long customer) {
    long first = Long.MAX_VALUE;
    for (Event event : events) {
      first = Math.min(first, event.leaves(customer).toEpochDay());
    }
    return first;
  }

  boolean placed(long customer, long order, String region, long epochDay) {
    for (Event event : events) {
      double share = event.placed(region, LocalDate.ofEpochDay(epochDay));
      if (share < 1 && uniform(event, customer, order, PLACED) >= share) {
        return false;
      }
    }
    return true;
  }

  /** Whether a document of the order reaches the feed; each document is lost on its own. */
  boolean delivered(long customer, long order, Document.Kind kind, long epochDay) {
    for (Event event : events) {
      double share = event.delivered(LocalDate.ofEpochDay(epochDay));
      if (share < 1 && uniform(event, customer, order, 1 + kind.ordinal()) >= share) {
        return false;
      }
    }
    return true;
  }

  double price(String category, long epochDay) {
    double factor = 1;
    for (Event event : events) {
      factor *= event.price(category, LocalDate.ofEpochDay(epochDay));
    }
    return factor;
  }

  /** The category a line ends in. */
  int category(int planned, long customer, long order, int line, long epochDay) {
    int category = planned;
    for (Event event : events) {
      double share = event.moved(LocalDate.ofEpochDay(epochDay));
      if (share > 0 && uniform(event, customer, order, FIRST_LINE + line) < share) {
        category = Catalogue.CATEGORIES.indexOf(Objects.requireNonNull(event.target()));
      }
    }
    return category;
  }

  private double uniform(Event event, long customer, long order, int slot) {
    long number = (key(event) * 1_000_003L + order) * 1_000_003L + slot;
    return Draws.of(seed, customer, Draws.Purpose.EVENT, number).uniform();
  }

  /** Depends on the event alone, not on its place in the list. */
  private static long key(Event event) {
    @Nullable String target = event.target();
    long kind = event.getClass().getSimpleName().hashCode();
    return (kind * 31 + event.from().toEpochDay()) * 31 + (target == null ? 0 : target.hashCode());
  }
}
