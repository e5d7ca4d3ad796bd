package io.gradus.ml.rfm;

/**
 * One rectangle of the RFM grid and the segment it belongs to. Several rules may name one segment.
 *
 * @param name the segment in English
 * @param nameZh the segment in Chinese
 * @param recencyFrom lowest recency score, 1..5
 * @param recencyTo highest recency score, 1..5
 * @param valueFrom lowest round((F + M) / 2), 1..5
 * @param valueTo highest round((F + M) / 2), 1..5
 */
public record RfmSegmentRule(
    String name, String nameZh, int recencyFrom, int recencyTo, int valueFrom, int valueTo) {

  public RfmSegmentRule {
    if (name.isBlank() || nameZh.isBlank()) {
      throw new IllegalArgumentException("an RFM segment needs a name in English and in Chinese");
    }
    requireRange(name, "recency", recencyFrom, recencyTo);
    requireRange(name, "value", valueFrom, valueTo);
  }

  private static void requireRange(String name, String axis, int from, int to) {
    if (from < 1 || to > 5 || from > to) {
      throw new IllegalArgumentException(
          "RFM segment '"
              + name
              + "': "
              + axis
              + " scores must be a range within 1 to 5, found "
              + from
              + " to "
              + to);
    }
  }

  boolean covers(int recency, int value) {
    return recencyFrom <= recency && recency <= recencyTo && valueFrom <= value && value <= valueTo;
  }
}
