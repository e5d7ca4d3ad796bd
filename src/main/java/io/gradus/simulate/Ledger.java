package io.gradus.simulate;

import io.gradus.simulate.Document.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of one customer after the other. Orders are numbered in time, and each has streams of
 * its own for basket, returns, faults and events: whatever ends a history or removes an order
 * leaves the other orders as they are.
 */
final class Ledger {

  /** Receives the delivered rows of a customer; order by order, returns with their order. */
  interface Sink {
    /**
     * @param fault null for a true row
     */
    void line(Line line, @Nullable Fault fault);
  }

  /**
   * What happened to a customer by the company's last day.
   *
   * @param orders orders placed, whether the feed delivered them or not
   * @param stoppedOn epoch day of the drop-out or leave; null for one who may still buy
   */
  record Outcome(int orders, @Nullable Long stoppedOn) {}

  /**
   * An order as it is placed.
   *
   * @param number of the customer's orders, from 0
   * @param day epoch day
   * @param second of the day
   */
  private record Placed(Profile profile, int number, long day, int second) {}

  private static final int FIRST_RETURN_DAY = 3;
  private static final int RETURN_DAYS = 28;

  private final Company company;
  private final Profiles profiles;
  private final Effects effects;
  private final Basket basket;
  private final long lastDay;

  Ledger(Company company) {
    this.company = company;
    profiles = new Profiles(company);
    effects = new Effects(company.events(), company.seed());
    basket = new Basket(effects);
    lastDay = company.to().toEpochDay();
  }

  Profile profile(long index) {
    return profiles.of(index);
  }

  /** Runs a customer's history and hands every row delivered by the last day to the sink. */
  Outcome replay(Profile profile, Sink sink) {
    BusinessCalendar calendar = profiles.calendar(profile.segment());
    Draws timing = Draws.of(company.seed(), profile.index(), Draws.Purpose.TIMING, 0);
    double time = profile.firstOrder();
    double death = death(profile, timing);
    long leaves = effects.leaves(profile.index());
    int placed = 0;
    for (int order = 0; ; order++) {
      if (time > death) {
        return new Outcome(placed, ended(calendar, death, leaves));
      }
      if (!calendar.reaches(time) || calendar.epochDay(time) > lastDay) {
        return new Outcome(placed, leaves <= lastDay ? leaves : null);
      }
      long day = calendar.epochDay(time);
      if (day >= leaves) {
        return new Outcome(placed, leaves);
      }
      if (effects.placed(profile.index(), order, profile.region(), day)) {
        placed++;
        order(new Placed(profile, order, day, calendar.secondOfDay(time)), sink);
      }
      if (stops(profile, order, timing)) {
        return new Outcome(placed, day);
      }
      time += timing.exponential() / profile.rate();
    }
  }

  private static double death(Profile profile, Draws timing) {
    return profile.deathRate() > 0
        ? profile.firstOrder() + timing.exponential() / profile.deathRate()
        : Double.POSITIVE_INFINITY;
  }

  /** The day of a drop-out that lies before the next order; null when it is after the last day. */
  private @Nullable Long ended(BusinessCalendar calendar, double death, long leaves) {
    long day = calendar.reaches(death) ? calendar.epochDay(death) : Long.MAX_VALUE;
    long end = Math.min(day, leaves);
    return end <= lastDay ? end : null;
  }

  private static boolean stops(Profile profile, int order, Draws timing) {
    if (profile.segment().dropout() instanceof Dropout.BetaGeometric d
        && (order > 0 || d.afterFirst())) {
      return timing.uniform() < profile.stopProbability();
    }
    return false;
  }

  private void order(Placed placed, Sink sink) {
    Profile profile = placed.profile();
    Draws draws = Draws.of(company.seed(), profile.index(), Draws.Purpose.ORDER, placed.number());
    List<Item> items = basket.fill(profile, placed.number(), placed.day(), draws);
    Draws faults = Draws.of(company.seed(), profile.index(), Draws.Purpose.FAULT, placed.number());
    Fault fault = Fault.drawn(faults.uniform(), true, company.dirtyShare());
    if (fault != null && fault != Fault.FLOAT_ID) {
      Document copy = document(Kind.FAULTY, placed, placed.day()).spoilt(fault, faults);
      copy(placed, copy, fault, items, sink);
    }
    if (delivered(Kind.SALE, placed, placed.day())) {
      Document sale = document(Kind.SALE, placed, placed.day());
      sale(sale, fault == Fault.FLOAT_ID ? fault : null, items, faults, sink);
    }
    returns(placed, items, sink);
  }

  /** An order that did not take place, with the lines of one that did. */
  private void copy(Placed placed, Document copy, Fault fault, List<Item> items, Sink sink) {
    if (!delivered(Kind.FAULTY, placed, placed.day())) {
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      sink.line(Line.of(copy, i + 1, items.get(i), items.get(i).quantity()), fault);
    }
  }

  private void sale(
      Document sale, @Nullable Fault spelling, List<Item> items, Draws faults, Sink sink) {
    Document head = spelling == null ? sale : sale.spoilt(spelling, faults);
    int added = items.size();
    for (int i = 0; i < items.size(); i++) {
      Line line = Line.of(head, i + 1, items.get(i), items.get(i).quantity());
      sink.line(line, spelling);
      Fault fault = Fault.drawn(faults.uniform(), false, company.dirtyShare());
      if (fault == Fault.DUPLICATE) {
        sink.line(line, fault);
      } else if (fault != null) {
        added++;
        sink.line(Line.faulty(fault, head, added, items.get(i), faults), fault);
      }
    }
  }

  /** Lines sent back together, some days later, at the price that was paid. */
  private void returns(Placed placed, List<Item> items, Sink sink) {
    Profile profile = placed.profile();
    double share = profile.segment().returnShare();
    if (share == 0) {
      return;
    }
    Draws draws = Draws.of(company.seed(), profile.index(), Draws.Purpose.RETURN, placed.number());
    long back = placed.day() + FIRST_RETURN_DAY + draws.index(RETURN_DAYS);
    if (back > lastDay || !delivered(Kind.RETURN, placed, back)) {
      return;
    }
    Document document = document(Kind.RETURN, placed, back);
    for (int i = 0; i < items.size(); i++) {
      if (draws.uniform() < share) {
        sink.line(Line.of(document, i + 1, items.get(i), -items.get(i).quantity()), null);
      }
    }
  }

  private boolean delivered(Kind kind, Placed placed, long day) {
    return effects.delivered(placed.profile().index(), placed.number(), kind, day);
  }

  private Document document(Kind kind, Placed placed, long day) {
    Profile profile = placed.profile();
    return Document.of(
        kind,
        profile.index(),
        profile.customer(),
        placed.number(),
        day,
        placed.second(),
        company.currency());
  }
}
