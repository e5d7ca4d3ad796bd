package io.gradus.monitor;

import io.gradus.table.TableSpec;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;

/**
 * A company in memory, night by night for two years, with one event after another: prices rise by
 * 15 %, a key account leaves, a region loses four of five purchases, the feed halves for three
 * weeks, and the products bought change. Ten key accounts buy about every ten days, 1,500 customers
 * about every month.
 */
final class PlantedCompany {
  static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  static final int NIGHTS = 730;
  static final int PRICE_RISE = 200;
  static final int ACCOUNT_LEAVES = 300;
  static final int REGION_FALLS = 400;
  static final int FEED_HALVES = 500;
  static final int FEED_BACK = 521;
  static final int MIX_CHANGES = 620;
  static final int ACCOUNTS = 10;
  static final int PRODUCTS = 25;

  private static final int CUSTOMERS = 1_500 + ACCOUNTS;
  private static final int WARM_UP = 400;
  private static final String[] REGIONS = {"North", "South", "East", "West"};
  private static final StructType SUMMARY =
      StructType.fromDDL(
          "scope_column STRING, scope_value STRING, purchases_30d BIGINT, purchases_90d BIGINT");

  private final Random random = new Random(20240101);
  private final long[][] spent = new long[CUSTOMERS][WARM_UP + NIGHTS];
  private final double[] usualCents = new double[CUSTOMERS];
  private final double[] rate = new double[CUSTOMERS];
  private final long[][] lines = new long[PRODUCTS][NIGHTS];
  private final int[] bought = new int[CUSTOMERS];
  private final int[] last = new int[CUSTOMERS];
  private int today = -1;

  PlantedCompany() {
    for (int c = 0; c < CUSTOMERS; c++) {
      boolean key = c < ACCOUNTS;
      rate[c] = key ? 0.1 : Math.exp(-3.4 + 0.5 * random.nextGaussian());
      usualCents[c] = key ? 500_000 : Math.exp(9 + 0.8 * random.nextGaussian());
    }
    for (int day = 0; day < WARM_UP; day++) {
      live(day);
    }
  }

  /** Lets one more day pass; nights are counted from 0. */
  void night() {
    today++;
    live(WARM_UP + today);
  }

  LocalDate date() {
    return FIRST.plusDays(today);
  }

  private void live(int day) {
    int night = day - WARM_UP;
    for (int c = 0; c < CUSTOMERS; c++) {
      if (buys(c, day, night)) {
        double price = night >= PRICE_RISE ? 1.15 : 1;
        spent[c][day] =
            Math.max(1, Math.round(usualCents[c] * price * Math.exp(0.4 * random.nextGaussian())));
        bought[c]++;
        last[c] = day;
        if (night >= 0) {
          lines[product(night)][night] += 3;
        }
      }
    }
  }

  private boolean buys(int c, int day, int night) {
    if (c == 0 && night >= ACCOUNT_LEAVES) {
      return false;
    }
    double chance = rate[c];
    if (c < ACCOUNTS) {
      // Accounts order by stock: hardly before a week, surely after two.
      int since = day - last[c];
      chance = since < 7 ? 0 : since > 13 ? 0.8 : 0.3;
    }
    if (c >= ACCOUNTS && region(c).equals("West") && night >= REGION_FALLS) {
      chance /= 5;
    }
    boolean lost = night >= FEED_HALVES && night < FEED_BACK && random.nextBoolean();
    return random.nextDouble() < chance && !lost;
  }

  /** The first products sell most; after the change the middle ones do. */
  private int product(int night) {
    int at = (int) Math.min(PRODUCTS - 1, -6 * Math.log(1 - random.nextDouble()));
    return night >= MIX_CHANGES ? (at + 8) % PRODUCTS : at;
  }

  private static String region(int c) {
    return REGIONS[c % REGIONS.length];
  }

  private long sum(int c, int fromDaysAgo, int toDaysAgo, boolean count) {
    long sum = 0;
    for (int ago = fromDaysAgo; ago < toDaysAgo; ago++) {
      long cents = spent[c][WARM_UP + today - ago];
      sum += count ? Long.signum(cents) : cents;
    }
    return sum;
  }

  /** Rows as {@link CustomerTally} lays them out, cut by region, with three features. */
  List<Row> customers() {
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < CUSTOMERS; c++) {
      long cents30 = sum(c, 0, 30, false);
      long orders30 = sum(c, 0, 30, true);
      long cents60 = sum(c, 30, 90, false);
      long orders60 = sum(c, 30, 90, true);
      Double change =
          orders30 > 0 && orders60 > 0
              ? Math.log(cents30 / (double) orders30 / (cents60 / (double) orders60))
              : null;
      int since = WARM_UP + today - last[c];
      Double recent = orders30 > 0 ? cents30 / (double) orders30 : null;
      long year = sum(c, 0, 365, false);
      rows.add(
          RowFactory.create(
              year,
              0L,
              0.1,
              bought[c],
              change,
              since,
              null,
              region(c),
              (double) since,
              year / 100.0,
              recent));
    }
    return rows;
  }

  /** Key accounts as moves of one night, under ids that tell the night. */
  List<Row> accounts() {
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < ACCOUNTS; c++) {
      int since = WARM_UP + today - last[c];
      int before = since == 0 ? 0 : since - 1;
      BigDecimal money = BigDecimal.valueOf(sum(c, 0, 365, false), TableSpec.MONEY.scale());
      rows.add(
          RowFactory.create(
              today + "|" + c, "A", "A", "same", "none", money, money, since, before, 12.0, 15.0));
    }
    return rows;
  }

  /** Purchases per region as {@code grade_summary} has them. */
  List<Row> summary() {
    long[][] sums = new long[REGIONS.length + 1][2];
    for (int c = 0; c < CUSTOMERS; c++) {
      for (int group : new int[] {c % REGIONS.length, REGIONS.length}) {
        sums[group][0] += sum(c, 0, 30, true);
        sums[group][1] += sum(c, 0, 90, true);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int group = 0; group < sums.length; group++) {
      boolean all = group == REGIONS.length;
      rows.add(
          new GenericRowWithSchema(
              new Object[] {
                all ? "all" : "region", all ? "*" : REGIONS[group], sums[group][0], sums[group][1]
              },
              SUMMARY));
    }
    return rows;
  }

  /** Lines per product of the month that ended last night and of the one before. */
  ProductShare products() {
    LocalDate month = date().withDayOfMonth(1);
    List<Row> rows = new ArrayList<>();
    for (int p = 0; p < PRODUCTS; p++) {
      rows.add(
          RowFactory.create(
              "p" + p,
              100L,
              0L,
              lines(p, month.minusMonths(1), month),
              lines(p, month.minusMonths(2), month.minusMonths(1))));
    }
    return new ProductShare(rows, java.util.Map.of());
  }

  private long lines(int product, LocalDate from, LocalDate to) {
    long sum = 0;
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      long night = day.toEpochDay() - FIRST.toEpochDay();
      sum += night >= 0 ? lines[product][(int) night] : 0;
    }
    return sum;
  }
}
