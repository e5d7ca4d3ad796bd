package io.gradus.simulate;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * The company's clock. Customers live in activity time, in which their purchases are stationary;
 * this class maps it to calendar days of different activity (month and weekday). A day of average
 * activity is 1 long, so that over whole years activity time and days agree, and without
 * seasonality they always do.
 */
final class BusinessCalendar {
  /** Relative activity of Monday to Sunday and of January to December. */
  private record Pattern(double[] weekdays, double[] months, int openHour, int closeHour) {}

  private static final Pattern COMPANIES =
      new Pattern(
          new double[] {1.35, 1.4, 1.35, 1.3, 1.2, 0.25, 0.15},
          new double[] {0.95, 1.0, 1.1, 1.05, 1.05, 1.05, 0.95, 0.8, 1.1, 1.1, 1.1, 0.75},
          7,
          18);

  private static final Pattern PERSONS =
      new Pattern(
          new double[] {0.85, 0.8, 0.85, 0.9, 1.1, 1.35, 1.15},
          new double[] {0.8, 0.8, 0.9, 0.95, 0.95, 0.9, 0.85, 0.9, 0.95, 1.05, 1.4, 1.55},
          8,
          22);

  private final Pattern pattern;
  private final LocalDate first;
  private final long firstEpochDay;
  private final double[] start;

  /**
   * @param type whose week and year it is
   * @param first the first day
   * @param last the last day that is ever asked for
   * @param seasonality 0 for equal days, 1 for the full pattern
   */
  BusinessCalendar(CustomerType type, LocalDate first, LocalDate last, double seasonality) {
    this.pattern = type == CustomerType.B2B ? COMPANIES : PERSONS;
    this.first = first;
    this.firstEpochDay = first.toEpochDay();
    int days = Math.toIntExact(ChronoUnit.DAYS.between(first, last)) + 1;
    double mean = cycleMean(seasonality);
    start = new double[days + 1];
    for (int i = 0; i < days; i++) {
      start[i + 1] = start[i] + activity(first.plusDays(i), seasonality) / mean;
    }
  }

  /** Activity time at the end of a day. */
  double endOf(LocalDate day) {
    return start[Math.toIntExact(ChronoUnit.DAYS.between(first, day)) + 1];
  }

  /** Whether the calendar reaches a moment. */
  boolean reaches(double time) {
    return time < start[start.length - 1];
  }

  /** The epoch day of a moment. */
  long epochDay(double time) {
    return firstEpochDay + index(time);
  }

  /** Seconds after midnight of a moment, within business hours. */
  int secondOfDay(double time) {
    int day = index(time);
    double fraction = (time - start[day]) / (start[day + 1] - start[day]);
    int open = pattern.openHour * 3600;
    return open + (int) (Math.min(fraction, 0.999999) * (pattern.closeHour * 3600 - open));
  }

  private int index(double time) {
    int found = Arrays.binarySearch(start, time);
    return found >= 0 ? found : -found - 2;
  }

  private double activity(LocalDate day, double seasonality) {
    double month = pattern.months[day.getMonthValue() - 1];
    double weekday = pattern.weekdays[day.getDayOfWeek().getValue() - 1];
    return (1 + seasonality * (month - 1)) * (1 + seasonality * (weekday - 1));
  }

  /** Mean over one leap cycle of four years, whatever the company's own dates are. */
  private double cycleMean(double seasonality) {
    LocalDate cycle = LocalDate.of(2001, 1, 1);
    int days = 1461;
    double sum = 0;
    for (int i = 0; i < days; i++) {
      sum += activity(cycle.plusDays(i), seasonality);
    }
    return sum / days;
  }
}
