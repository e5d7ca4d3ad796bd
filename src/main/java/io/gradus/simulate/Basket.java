package io.gradus.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the value of an order into lines. The value is drawn by {@link Spend}; products follow the
 * customer's favourite categories and the size of each line, and the unit price is the line's
 * amount over its quantity, near the list price: the lines sum to the order's value up to the
 * rounding of unit prices to cents.
 */
final class Basket {
  private static final double FAVOURITE_SHARE = 0.7;
  private static final long LEAST_CENTS = 50;
  private static final int CENTS_PER_LINE = 100;

  /**
   * Smallest weight of a line; with it the largest of a basket is at most five times the smallest.
   */
  private static final double LEAST_WEIGHT = 0.25;

  private final Effects effects;

  Basket(Effects effects) {
    this.effects = effects;
  }

  List<Item> fill(Profile profile, int order, long epochDay, Draws draws) {
    Segment segment = profile.segment();
    double value = draws.gamma(segment.spend().p(), profile.spendRate());
    long cents = Math.max(LEAST_CENTS, Math.round(100 * value));
    int wanted = 1 + draws.poisson(segment.linesPerOrder() - 1);
    int lines = (int) Math.max(1, Math.min(wanted, cents / CENTS_PER_LINE));
    double[] reached = new double[lines];
    double total = 0;
    for (int i = 0; i < lines; i++) {
      total += LEAST_WEIGHT + draws.uniform();
      reached[i] = total;
    }
    List<Item> items = new ArrayList<>(lines);
    long spent = 0;
    for (int i = 0; i < lines; i++) {
      long upTo = Math.round(cents * (reached[i] / total));
      items.add(item(profile, order, i, upTo - spent, epochDay, draws));
      spent = upTo;
    }
    return items;
  }

  private Item item(Profile profile, int order, int line, long cents, long epochDay, Draws draws) {
    int most = profile.segment().type() == CustomerType.B2B ? 24 : 4;
    double amount = cents / 100.0;
    int step = Catalogue.nearest(amount / (1 + draws.index(most)));
    int quantity = (int) Math.max(1, Math.round(amount / Catalogue.price(step)));
    long unitCents = Math.max(1, Math.round((double) cents / quantity));
    int planned = category(profile, draws);
    int category = effects.category(planned, profile.index(), order, line, epochDay);
    String name = Catalogue.CATEGORIES.get(category);
    long paid = Math.max(1, Math.round(unitCents * effects.price(name, epochDay)));
    return new Item(Catalogue.product(category, step), name, quantity, paid);
  }

  private static int category(Profile profile, Draws draws) {
    int[] favourites = profile.favourites();
    return draws.uniform() < FAVOURITE_SHARE
        ? favourites[draws.index(favourites.length)]
        : Catalogue.category(draws.uniform());
  }
}
