package io.gradus.simulate;

/** Whether a customer is a company or a person; it sets the trading week and the price scale. */
public enum CustomerType {
  B2B,
  B2C
}
