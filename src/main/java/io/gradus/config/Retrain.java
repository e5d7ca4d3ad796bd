package io.gradus.config;

/** When a model is fitted anew. */
public enum Retrain {
  /** On the first run of a calendar month, and whenever there is no model. */
  MONTHLY,
  /** On every run. */
  NIGHTLY
}
