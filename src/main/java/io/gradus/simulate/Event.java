package io.gradus.simulate;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something planted in the company's history, which monitoring is expected to notice. An event
 * changes nothing before its first day and draws no random number of another event, order or
 * customer: without it every other row stays as it is.
 */
public sealed interface Event extends Serializable {

  /** First day of the effect. */
  LocalDate from();

  /** Last day of the effect; null while it does not end. */
  default @Nullable LocalDate until() {
    return null;
  }

  /** What is hit: a customer's index, a region or a category; null for everybody. */
  default @Nullable String target() {
    return null;
  }

  /** The size of the effect as the event defines it. */
  double factor();

  /** First day without orders of the customer; {@link LocalDate#MAX} where it does not leave. */
  default LocalDate leaves(long customer) {
    return LocalDate.MAX;
  }

  /** Share of the orders of a region that are still placed on a day. */
  default double placed(String region, LocalDate day) {
    return 1;
  }

  /** Share of the orders of a day that the feed delivers. */
  default double delivered(LocalDate day) {
    return 1;
  }

  /** Multiplier of the unit prices of a category on a day. */
  default double price(String category, LocalDate day) {
    return 1;
  }

  /** Share of the order lines of a day that move to {@link #target()}. */
  default double moved(LocalDate day) {
    return 0;
  }

  /** The days from {@link #from()} to {@link #until()}. */
  default boolean covers(LocalDate day) {
    LocalDate last = until();
    return !day.isBefore(from()) && (last == null || !day.isAfter(last));
  }

  /**
   * A customer places no order from a day on. Customers 0 to {@link Company#keyAccounts()} − 1 are
   * the key accounts.
   */
  record AccountLeaves(long customer, LocalDate from) implements Event {
    public AccountLeaves {
      Check.that(customer >= 0, "customer must not be negative, was " + customer);
    }

    @Override
    public String target() {
      return Long.toString(customer);
    }

    @Override
    public double factor() {
      return 0;
    }

    @Override
    public LocalDate leaves(long index) {
      return index == customer ? from : LocalDate.MAX;
    }
  }

  /** Unit prices of one category, or of all when null, are multiplied by {@code factor}. */
  record PriceChange(LocalDate from, @Nullable String category, double factor) implements Event {
    public PriceChange {
      Check.positive("factor", factor);
      Check.that(
          category == null || Catalogue.CATEGORIES.contains(category),
          "unknown category " + category);
    }

    @Override
    public @Nullable String target() {
      return category;
    }

    @Override
    public double price(String of, LocalDate day) {
      return covers(day) && (category == null || category.equals(of)) ? factor : 1;
    }
  }

  /** Only the share {@code factor} of a region's orders is still placed. */
  record RegionCollapse(String region, LocalDate from, double factor) implements Event {
    public RegionCollapse {
      Check.that(Directory.REGIONS.contains(region), "unknown region " + region);
      Check.between("factor", factor, 0, 1);
    }

    @Override
    public String target() {
      return region;
    }

    @Override
    public double placed(String of, LocalDate day) {
      return region.equals(of) && covers(day) ? factor : 1;
    }
  }

  /** Orders are placed but only the share {@code factor} of them reaches the feed. */
  record FeedLoss(LocalDate from, LocalDate until, double factor) implements Event {
    public FeedLoss {
      Check.between("factor", factor, 0, 1);
      Check.that(!until.isBefore(from), "until " + until + " lies before from " + from);
    }

    @Override
    public double delivered(LocalDate day) {
      return covers(day) ? factor : 1;
    }
  }

  /** The share {@code factor} of all order lines moves to one category, at the same amount. */
  record MixShift(LocalDate from, String category, double factor) implements Event {
    public MixShift {
      Check.that(Catalogue.CATEGORIES.contains(category), "unknown category " + category);
      Check.between("factor", factor, 0, 1);
    }

    @Override
    public String target() {
      return category;
    }

    @Override
    public double moved(LocalDate day) {
      return covers(day) ? factor : 0;
    }
  }
}
