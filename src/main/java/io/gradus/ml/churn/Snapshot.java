package io.gradus.ml.churn;

import io.gradus.feature.LabelWindow;
import java.util.List;

/**
 * Customers as known at an origin, and what they did in the window after it, in the same order.
 *
 * @param window origin and days
 * @param customers everybody with a purchase by the origin, ordered by customer id
 * @param churned whether there was no purchase in the window
 * @param value max(0, net amount in the window)
 */
record Snapshot(
    LabelWindow window, List<CustomerState> customers, boolean[] churned, double[] value) {

  int size() {
    return churned.length;
  }
}
