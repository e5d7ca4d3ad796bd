package io.gradus.simulate;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws customers: each from a stream of its own, so that one can be had without the others. */
final class Profiles {
  private static final double GROUP_SHARE = 0.2;
  private static final int CUSTOMERS_PER_GROUP = 400;
  private static final double MEAN_DAYS_TO_FIRST_ORDER = 20;
  private static final int MOST_DAYS_TO_FIRST_ORDER = 90;
  private static final int MOST_FAVOURITES = 4;

  private final Company company;
  private final BusinessCalendar companies;
  private final BusinessCalendar persons;

  Profiles(Company company) {
    this.company = company;
    LocalDate last =
        company.to().isAfter(company.acquiredUntil()) ? company.to() : company.acquiredUntil();
    companies = new BusinessCalendar(CustomerType.B2B, company.from(), last, company.seasonality());
    persons = new BusinessCalendar(CustomerType.B2C, company.from(), last, company.seasonality());
  }

  BusinessCalendar calendar(Segment segment) {
    return segment.type() == CustomerType.B2B ? companies : persons;
  }

  Profile of(long index) {
    Draws draws = Draws.of(company.seed(), index, Draws.Purpose.PROFILE, 0);
    Segment segment = segment(index, draws.uniform());
    boolean business = segment.type() == CustomerType.B2B;
    double firstOrder = firstOrder(index, segment, draws);
    int region = Directory.region(draws.uniform());
    return new Profile(
        index,
        Document.customerId(index),
        segment,
        Directory.name(segment.type(), draws),
        business ? Directory.pick(Directory.INDUSTRIES, draws) : null,
        Directory.REGIONS.get(region),
        business ? parentGroup(draws) : null,
        signup(segment, firstOrder, draws),
        business ? Directory.owner(region, draws) : null,
        firstOrder,
        draws.gamma(segment.r(), segment.alpha()),
        segment.dropout() instanceof Dropout.BetaGeometric d ? draws.beta(d.a(), d.b()) : 0,
        segment.dropout() instanceof Dropout.Exponential d ? draws.gamma(d.s(), d.beta()) : 0,
        draws.gamma(segment.spend().q(), segment.spend().gamma()),
        favourites(draws));
  }

  private Segment segment(long index, double uniform) {
    if (index < company.keyAccounts()) {
      return company.keyAccount();
    }
    List<Segment> segments = company.segments();
    double left = uniform;
    for (Segment segment : segments) {
      left -= segment.share();
      if (left < 0) {
        return segment;
      }
    }
    return segments.get(segments.size() - 1);
  }

  /** Customers come in proportion to the activity of the days on which they can be won. */
  private double firstOrder(long index, Segment segment, Draws draws) {
    boolean opening = draws.uniform() < company.openingShare() || index < company.keyAccounts();
    LocalDate last =
        opening ? company.from().plusDays(Company.OPENING_DAYS - 1) : company.acquiredUntil();
    return draws.uniform() * calendar(segment).endOf(last);
  }

  /** Companies are known as prospects before their first order, persons from that day. */
  private LocalDate signup(Segment segment, double firstOrder, Draws draws) {
    LocalDate first = LocalDate.ofEpochDay(calendar(segment).epochDay(firstOrder));
    if (segment.type() == CustomerType.B2C) {
      return first;
    }
    long lead = Math.round(MEAN_DAYS_TO_FIRST_ORDER * draws.exponential());
    return first.minusDays(Math.min(lead, MOST_DAYS_TO_FIRST_ORDER));
  }

  private @Nullable String parentGroup(Draws draws) {
    int groups = (int) Math.max(1, company.customers() / CUSTOMERS_PER_GROUP);
    boolean grouped = draws.uniform() < GROUP_SHARE;
    int group = draws.index(groups);
    return grouped ? "GROUP-" + (1 + group) : null;
  }

  private static int[] favourites(Draws draws) {
    int[] favourites = new int[1 + draws.index(MOST_FAVOURITES)];
    for (int i = 0; i < favourites.length; i++) {
      favourites[i] = Catalogue.category(draws.uniform());
    }
    return favourites;
  }
}
