package io.gradus.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the company sells: products in categories, their list prices evenly spaced on the log scale
 * from {@value #LOWEST_PRICE} upward, so that every line amount finds a product near a usual
 * quantity.
 */
final class Catalogue {
  static final List<String> CATEGORIES =
      List.of(
          "cleaning",
          "electrical",
          "fasteners",
          "furniture",
          "lighting",
          "office",
          "packaging",
          "paint",
          "plumbing",
          "safety",
          "seasonal",
          "tools");

  static final int PRODUCTS_PER_CATEGORY = 40;
  static final String FEE_PRODUCT = "POST";
  static final String FEE_CATEGORY = "fee";
  static final String ADJUSTMENT_PRODUCT = "ADJUST";
  static final String ADJUSTMENT_CATEGORY = "adjustment";

  private static final double LOWEST_PRICE = 0.5;
  private static final double STEP = 1.215;
  private static final double LOG_STEP = StrictMath.log(STEP);
  private static final double LOG_LOWEST = StrictMath.log(LOWEST_PRICE);
  private static final double[] POPULARITY = popularity();
  private static final String[][] PRODUCTS = products();
  private static final double[] PRICES = prices();

  private Catalogue() {}

  /** A category drawn by popularity: the k-th is bought in proportion to 1/√(k+1). */
  static int category(double uniform) {
    int category = 0;
    while (uniform >= POPULARITY[category]) {
      category++;
    }
    return category;
  }

  /** The product step whose list price is nearest to a price in money. */
  static int nearest(double price) {
    long step = Math.round((StrictMath.log(price) - LOG_LOWEST) / LOG_STEP);
    return (int) Math.max(0, Math.min(PRODUCTS_PER_CATEGORY - 1, step));
  }

  static String product(int category, int step) {
    return PRODUCTS[category][step];
  }

  /** List price in money. */
  static double price(int step) {
    return PRICES[step];
  }

  private static double[] popularity() {
    double[] cumulative = new double[CATEGORIES.size()];
    double total = 0;
    for (int k = 0; k < cumulative.length; k++) {
      total += 1 / StrictMath.sqrt(k + 1);
      cumulative[k] = total;
    }
    for (int k = 0; k < cumulative.length; k++) {
      cumulative[k] /= total;
    }
    cumulative[cumulative.length - 1] = Double.POSITIVE_INFINITY;
    return cumulative;
  }

  private static String[][] products() {
    List<String[]> all = new ArrayList<>();
    for (String category : CATEGORIES) {
      String prefix = category.substring(0, 3).toUpperCase(Locale.ROOT);
      String[] products = new String[PRODUCTS_PER_CATEGORY];
      for (int step = 0; step < products.length; step++) {
        products[step] = prefix + (100 + step);
      }
      all.add(products);
    }
    return all.toArray(new String[0][]);
  }

  private static double[] prices() {
    double[] prices = new double[PRODUCTS_PER_CATEGORY];
    for (int step = 0; step < prices.length; step++) {
      prices[step] = Math.round(100 * LOWEST_PRICE * StrictMath.pow(STEP, step)) / 100.0;
    }
    return prices;
  }
}
