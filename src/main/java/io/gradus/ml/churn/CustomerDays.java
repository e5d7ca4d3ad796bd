package io.gradus.ml.churn;

import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.PurchaseGaps;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The purchase-day rows of one customer, in memory: what {@link CustomerFeatures} computes for
 * every customer at one date, this computes for one customer at any number of dates.
 *
 * @param customer the id
 * @param day days since 1970-01-01, ascending
 * @param net net amount of each day in cents; a purchase where above 0
 * @param gross Σ of positive lines in cents
 * @param refund Σ of negative lines in cents, ≤ 0
 * @param categories bitmap of the categories bought
 */
record CustomerDays(
    String customer, int[] day, long[] net, long[] gross, long[] refund, long[] categories) {

  /** The customer as known at the end of a day; null before the first purchase. */
  @Nullable CustomerState at(int origin) {
    int first = firstPurchase();
    return boughtBy(origin) ? new Reader(origin, rowsUntil(origin), first).state() : null;
  }

  /** Whether there is a purchase by the end of a day. */
  boolean boughtBy(int origin) {
    int first = firstPurchase();
    return first < day.length && day[first] <= origin;
  }

  private int firstPurchase() {
    int first = 0;
    while (first < net.length && net[first] <= 0) {
      first++;
    }
    return first;
  }

  private int rowsUntil(int origin) {
    int rows = 0;
    while (rows < day.length && day[rows] <= origin) {
      rows++;
    }
    return rows;
  }

  /** Whether there is a purchase in (origin, end]. */
  boolean buys(int origin, int end) {
    for (int i = rowsUntil(origin); i < day.length && day[i] <= end; i++) {
      if (net[i] > 0) {
        return true;
      }
    }
    return false;
  }

  /** max(0, net amount in (origin, end]). */
  double value(int origin, int end) {
    long cents = 0;
    for (int i = rowsUntil(origin); i < day.length && day[i] <= end; i++) {
      cents += net[i];
    }
    return Math.max(0, cents) / 100.0;
  }

  /** Days between successive purchases up to a day. */
  IntStream gaps(int origin) {
    int[] purchases =
        IntStream.range(0, rowsUntil(origin)).filter(i -> net[i] > 0).map(i -> day[i]).toArray();
    return IntStream.range(1, purchases.length).map(i -> purchases[i] - purchases[i - 1]);
  }

  /** One pass over the rows known at an origin, newest first as the features' calendar is read. */
  private final class Reader {
    private final int origin;
    private final int rows;
    private final int first;
    private final PurchaseGaps gaps = new PurchaseGaps();
    private final int[] purchases = new int[3];
    private final long[] spend = new long[3];
    private int count;
    private long largest;
    private long bought;
    private long netTotal;
    private long grossTotal;
    private long refundTotal;
    private long bits;

    Reader(int origin, int rows, int first) {
      this.origin = origin;
      this.rows = rows;
      this.first = first;
    }

    CustomerState state() {
      int newest = -1;
      int previous = -1;
      for (int i = rows - 1; i >= 0; i--) {
        int age = origin - day[i];
        add(i, age);
        if (net[i] > 0) {
          newest = newest < 0 ? age : newest;
          if (previous >= 0 && age < CustomerFeatures.CALENDAR_DAYS) {
            gaps.add(age - previous);
          }
          previous = age;
        }
      }
      int oldest = origin - day[first];
      return new CustomerState(
          count - 1,
          oldest - newest,
          oldest,
          newest,
          purchases[0],
          purchases[1],
          purchases[2],
          spend[0] / 100.0,
          spend[1] / 100.0,
          spend[2] / 100.0,
          netTotal / 100.0,
          bought / (count * 100.0),
          largest / 100.0,
          count > 1 ? (bought - net[first]) / ((count - 1) * 100.0) : Double.NaN,
          gaps.variation(),
          gaps.logMean(),
          gaps.logDeviation(),
          breadth(bits),
          grossTotal > 0 ? -(double) refundTotal / grossTotal : 0);
    }

    private void add(int i, int age) {
      netTotal += net[i];
      grossTotal += gross[i];
      refundTotal += refund[i];
      bits |= categories[i];
      within(spend, age, net[i], 30, 90, 365);
      if (net[i] > 0) {
        count++;
        bought += net[i];
        largest = Math.max(largest, net[i]);
        purchases[0] += age < 30 ? 1 : 0;
        purchases[1] += age < 90 ? 1 : 0;
        purchases[2] += age < 180 ? 1 : 0;
      }
    }

    private static void within(long[] sums, int age, long cents, int... windows) {
      for (int w = 0; w < windows.length; w++) {
        sums[w] += age < windows[w] ? cents : 0;
      }
    }

    /** The same linear counting as the features'. */
    private static double breadth(long bits) {
      int empty = Long.SIZE - Long.bitCount(bits);
      return bits == 0 ? 0 : -Long.SIZE * Math.log((double) Math.max(empty, 1) / Long.SIZE);
    }
  }
}
