package io.gradus.config;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where data comes from. Only transactions are required; each other feed makes grades rest on more,
 * and its absence is neither an error nor a zero.
 *
 * @param transactions the order lines; required
 * @param customers the customer master
 * @param payments receivables or payments
 * @param costs costs by customer and day
 * @param deliveries deliveries with the day promised
 * @param tickets service tickets
 * @param referrals who brought whom
 * @param strategicFit ratings of strategic fit
 * @param wallet estimates of customers' total spending
 * @param overrides grades set by hand
 * @param fx rates of exchange into the lake's currency
 */
public record Sources(
    TransactionSource transactions,
    @Nullable CustomerSource customers,
    @Nullable FeedSource payments,
    @Nullable FeedSource costs,
    @Nullable FeedSource deliveries,
    @Nullable FeedSource tickets,
    @Nullable FeedSource referrals,
    @Nullable FeedSource strategicFit,
    @Nullable FeedSource wallet,
    @Nullable FeedSource overrides,
    @Nullable FeedSource fx) {
  public Sources {
    if (transactions == null) {
      throw new IllegalArgumentException(
          "transactions is required: give its path and map customer_id, timestamp and amount");
    }
    check(Feed.PAYMENTS, payments);
    check(Feed.COSTS, costs);
    check(Feed.DELIVERIES, deliveries);
    check(Feed.TICKETS, tickets);
    check(Feed.REFERRALS, referrals);
    check(Feed.STRATEGIC_FIT, strategicFit);
    check(Feed.WALLET, wallet);
    check(Feed.OVERRIDES, overrides);
    check(Feed.FX, fx);
  }

  /** The optional feeds that are configured, the customer master apart. */
  public Map<Feed, FeedSource> feeds() {
    Map<Feed, FeedSource> feeds = new EnumMap<>(Feed.class);
    put(feeds, Feed.PAYMENTS, payments);
    put(feeds, Feed.COSTS, costs);
    put(feeds, Feed.DELIVERIES, deliveries);
    put(feeds, Feed.TICKETS, tickets);
    put(feeds, Feed.REFERRALS, referrals);
    put(feeds, Feed.STRATEGIC_FIT, strategicFit);
    put(feeds, Feed.WALLET, wallet);
    put(feeds, Feed.OVERRIDES, overrides);
    put(feeds, Feed.FX, fx);
    return feeds;
  }

  private static void check(Feed feed, @Nullable FeedSource source) {
    if (source != null) {
      source.check(feed);
    }
  }

  private static void put(Map<Feed, FeedSource> feeds, Feed feed, @Nullable FeedSource source) {
    if (source != null) {
      feeds.put(feed, source);
    }
  }
}
