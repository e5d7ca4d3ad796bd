package io.gradus.simulate;

/** A product, how many of it and at what price, as a line of an order has it. */
record Item(String product, String category, int quantity, long unitCents) {}
