package io.gradus.ml.rfm;

/** What RFM scores. */
public enum RfmMeasure {
  /** Days since the last purchase; fewer is better. */
  RECENCY("recency"),
  /** Purchase days in the window; more is better. */
  FREQUENCY("frequency"),
  /** Net revenue in the window; more is better. */
  MONETARY("monetary");

  private final String column;

  RfmMeasure(String column) {
    this.column = column;
  }

  /** The measure's name in tables. */
  public String column() {
    return column;
  }

  /** Whether a smaller value earns a higher score. */
  public boolean smallerIsBetter() {
    return this == RECENCY;
  }
}
