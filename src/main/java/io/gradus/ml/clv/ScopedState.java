package io.gradus.ml.clv;

import java.io.Serializable;

/**
 * What was learned for the customers of one scope, such as an industry.
 *
 * @param scope the value of the scope column
 * @param purchases when they buy
 * @param spend how much they spend
 */
record ScopedState(String scope, PurchaseState purchases, SpendState spend)
    implements Serializable {}
