package io.gradus.simulate;

import java.time.temporal.ChronoUnit;

/** How many order lines a company is expected to have, and which purchase rates give a number. */
final class CompanySize {
  private static final double LARGEST_FACTOR = 1e3;
  private static final int NODES = 32;
  private static final int BISECTIONS = 50;

  private CompanySize() {}

  /** The factor on the segments' purchase rates that gives {@code lines} per customer. */
  static double rateFactor(Company company, double lines) {
    double high = Math.log(LARGEST_FACTOR);
    double low = -high;
    Check.that(
        expectedLines(company, Math.exp(low)) < lines
            && expectedLines(company, Math.exp(high)) > lines,
        "no purchase rate gives " + lines + " lines per customer");
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (expectedLines(company, Math.exp(middle)) < lines) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Mean clean sold lines per customer when the segments' purchase rates are scaled. */
  static double expectedLines(Company company, double rateFactor) {
    double mean = 0;
    for (Segment segment : company.segments()) {
      double orders = expectedOrders(company, segment.faster(rateFactor));
      mean += segment.share() * orders * segment.linesPerOrder();
    }
    Segment key = company.keyAccount();
    double keyShare = (double) company.keyAccounts() / company.customers();
    double keyLines = meanOver(company, key, Company.OPENING_DAYS) * key.linesPerOrder();
    return (1 - keyShare) * mean + keyShare * keyLines;
  }

  /** Mean orders of a segment's customer by the last day, over the days on which it can be won. */
  private static double expectedOrders(Company company, Segment segment) {
    double window = ChronoUnit.DAYS.between(company.from(), company.acquiredUntil()) + 1.0;
    return company.openingShare() * meanOver(company, segment, Company.OPENING_DAYS)
        + (1 - company.openingShare()) * meanOver(company, segment, window);
  }

  private static double meanOver(Company company, Segment segment, double window) {
    double days = ChronoUnit.DAYS.between(company.from(), company.to()) + 1.0;
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      double left = days - window * (i + 0.5) / NODES;
      sum += left > 0 ? segment.expectedOrders(left) : 0;
    }
    return sum / NODES;
  }
}
