package io.gradus.config;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How recency, frequency and monetary value are scored.
 *
 * @param mode quantile cuts every night anew; ruler keeps the cut-points of the night that set
 *     them; fixed takes {@code cuts}
 * @param windowDays how far back frequency and monetary value look: 365 or 730
 * @param scope a customer column, such as region, within whose values customers are scored; null
 *     scores everybody together
 * @param cuts the numbers of mode fixed; null in the other modes
 * @param segments own segments, which cover each cell of recency × value exactly once; empty takes
 *     the standard ones
 */
public record RfmSettings(
    Mode mode,
    Integer windowDays,
    @Nullable String scope,
    @Nullable Cuts cuts,
    List<Segment> segments) {
  /** Where cut-points come from. */
  public enum Mode {
    QUANTILE,
    RULER,
    FIXED
  }

  /**
   * Own cut-points, four each, for scores 2, 3, 4 and 5.
   *
   * @param recency most days since the last purchase, falling
   * @param frequency least purchase days, rising
   * @param monetary least net revenue, rising
   */
  public record Cuts(List<Double> recency, List<Double> frequency, List<Double> monetary) {
    public Cuts {
      recency = four("recency", recency, -1);
      frequency = four("frequency", frequency, 1);
      monetary = four("monetary", monetary, 1);
    }

    private static List<Double> four(String name, @Nullable List<Double> values, int direction) {
      if (values == null || values.size() != 4) {
        throw new IllegalArgumentException(name + ": give four numbers, for scores 2, 3, 4 and 5");
      }
      for (int i = 1; i < values.size(); i++) {
        if (direction * values.get(i).compareTo(values.get(i - 1)) < 0) {
          throw new IllegalArgumentException(
              name + ": " + values + " must " + (direction > 0 ? "rise" : "fall"));
        }
      }
      return List.copyOf(values);
    }
  }

  /**
   * One rectangle of the segment grid.
   *
   * @param name the segment in English
   * @param nameZh the segment in Chinese
   * @param recency lowest and highest recency score, 1 to 5
   * @param value lowest and highest mean of the other two scores, 1 to 5
   */
  public record Segment(String name, String nameZh, List<Integer> recency, List<Integer> value) {
    public Segment {
      if (name == null || nameZh == null) {
        throw new IllegalArgumentException("a segment needs name and name_zh");
      }
      recency = pair("recency", recency);
      value = pair("value", value);
    }

    private static List<Integer> pair(String name, @Nullable List<Integer> ends) {
      if (ends == null || ends.size() != 2) {
        throw new IllegalArgumentException(name + ": give the lowest and the highest score");
      }
      return List.copyOf(ends);
    }
  }

  public RfmSettings {
    mode = Objects.requireNonNullElse(mode, Mode.RULER);
    windowDays = Objects.requireNonNullElse(windowDays, 365);
    segments = segments == null ? List.of() : List.copyOf(segments);
    if (windowDays != 365 && windowDays != 730) {
      throw new IllegalArgumentException("window_days: " + windowDays + " is not 365 or 730");
    }
    if ((mode == Mode.FIXED) != (cuts != null)) {
      throw new IllegalArgumentException("cuts: mode fixed needs them, the other modes have none");
    }
    if (mode == Mode.FIXED && scope != null) {
      throw new IllegalArgumentException("scope: mode fixed has the same numbers for everybody");
    }
  }

  static RfmSettings defaults() {
    return new RfmSettings(Mode.RULER, 365, null, null, List.of());
  }
}
