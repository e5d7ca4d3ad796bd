package io.gradus.simulate;

import java.io.Serializable;

/**
 * One group of customers with its generative model. Purchase rates are λ ~ Gamma(r, α) per day;
 * orders of one customer are a Poisson process from the first order until drop-out.
 *
 * @param name the segment's name, unique in the company
 * @param type companies or persons
 * @param share share of the company's customers, 0..1
 * @param r shape of the purchase rates, &gt; 0
 * @param alpha rate of the purchase rates in days, &gt; 0; mean rate r/α per day
 * @param dropout how customers stop
 * @param spend the distribution of order values
 * @param linesPerOrder mean order lines per order, 1..50
 * @param returnShare probability that an order line is sent back, 0..1
 */
public record Segment(
    String name,
    CustomerType type,
    double share,
    double r,
    double alpha,
    Dropout dropout,
    Spend spend,
    double linesPerOrder,
    double returnShare)
    implements Serializable {

  public Segment {
    Check.notBlank("segment name", name);
    Check.between("share of " + name, share, 0, 1);
    Check.positive("r of " + name, r);
    Check.positive("alpha of " + name, alpha);
    Check.between("linesPerOrder of " + name, linesPerOrder, 1, 50);
    Check.between("returnShare of " + name, returnShare, 0, 1);
  }

  /**
   * Mean orders of a customer in the {@code days} days that begin with its first order, the first
   * included. It is exact without seasonality; with it, over whole years.
   */
  public double expectedOrders(double days) {
    return 1 + RepeatOrders.expected(this, days);
  }

  /** The same segment with every purchase rate multiplied by {@code factor}. */
  Segment faster(double factor) {
    return new Segment(
        name, type, share, r, alpha / factor, dropout, spend, linesPerOrder, returnShare);
  }
}
