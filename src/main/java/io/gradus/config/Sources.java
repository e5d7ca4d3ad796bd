package io.gradus.config;

import org.jspecify.annotations.Nullable;

/**
 * Where data comes from.
 *
 * @param transactions the order lines; required
 * @param customers the customer master; optional
 */
public record Sources(TransactionSource transactions, @Nullable CustomerSource customers) {
  public Sources {
    if (transactions == null) {
      throw new IllegalArgumentException(
          "transactions is required: give its path and map customer_id, timestamp and amount");
    }
  }
}
