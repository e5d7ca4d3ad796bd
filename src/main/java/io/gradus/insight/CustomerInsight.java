package io.gradus.insight;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What can be said of a customer beyond the models: growth, wallet and headroom, personal rhythm,
 * loyalty, risk and lifecycle stage. Works from transactions alone; industry, region, wallet
 * estimates and credit risk are used where the customers have them.
 */
public final class CustomerInsight {
  private CustomerInsight() {}

  /**
   * Adds {@code growth, growth_se, growth_method, wallet, headroom, wallet_peers,
   * overdue_after_days, lapsed_after_days, loyalty, risk, supply_risk, lifecycle}.
   *
   * @param customers one row per customer with the features, and the cluster, churn and feed
   *     columns that exist; read three times (peers, wallets, result), so persist it
   */
  public static Dataset<Row> of(Dataset<Row> customers) {
    Dataset<Row> estimated = PeerStatistics.add(Growth.addRaw(customers));
    Dataset<Row> shrunk = PersonalRhythm.add(Growth.addShrunk(estimated));
    Dataset<Row> known = PeerStatistics.drop(shrunk);
    return Lifecycle.add(SupplyRisk.add(Risk.add(Loyalty.add(Wallet.add(known)))));
  }
}
