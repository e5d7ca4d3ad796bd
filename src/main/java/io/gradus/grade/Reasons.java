package io.gradus.grade;

import io.gradus.grade.Indicator.Format;
import io.gradus.grade.Scorecard.Assessment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The indicators that move a customer most, as codes and as sentences with their numbers. */
final class Reasons implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TOP = 3;

  /** Contributions below a twentieth of a point explain nothing. */
  private static final long LEAST = 50_000;

  private final Scorecard card;

  Reasons(Scorecard card) {
    this.card = card;
  }

  /**
   * The largest contributions, in falling order of size, ties in the policy's order.
   *
   * @param values per indicator, NaN when missing
   * @param texts per indicator, the text of a text column
   */
  List<Reason> top(Assessment assessment, double[] values, @Nullable String[] texts) {
    List<Reason> reasons = new ArrayList<>(TOP);
    boolean[] taken = new boolean[card.size()];
    for (int place = 0; place < TOP; place++) {
      int largest = largest(assessment, taken);
      if (largest < 0) {
        break;
      }
      taken[largest] = true;
      reasons.add(
          reason(largest, assessment.contribution(largest), values[largest], texts[largest]));
    }
    return reasons;
  }

  /** The reason of a grade that the stage of the lifecycle holds down. */
  static Reason capped(String stage, int silentDays, String grade) {
    Label name = StageNames.of(stage);
    boolean silent = silentDays >= 0;
    return new Reason(
        "stage:" + stage,
        name.en()
            + (silent ? ", last purchase " + silentDays + " days ago" : "")
            + ": grade "
            + grade
            + " at best",
        name.zh() + (silent ? "，距上次购买" + silentDays + "天" : "") + "：最高" + grade + "级");
  }

  private int largest(Assessment assessment, boolean[] taken) {
    int largest = -1;
    long size = LEAST - 1;
    for (int j = 0; j < taken.length; j++) {
      long own = Math.abs(assessment.contribution(j));
      if (!taken[j] && own > size) {
        largest = j;
        size = own;
      }
    }
    return largest;
  }

  private Reason reason(int j, long contribution, double value, @Nullable String text) {
    Indicator indicator = card.indicator(j);
    String points = Numbers.points(contribution);
    String code = indicator.column() + (contribution > 0 ? ":raises" : ":lowers");
    Format format = indicator.format();
    if (indicator.hasLevels() || Double.isNaN(value)) {
      String shown = text == null ? null : text;
      return new Reason(
          code,
          indicator.label().en()
              + " "
              + (shown == null ? "unknown" : shown)
              + ": "
              + points
              + " points",
          indicator.label().zh() + (shown == null ? "未知" : shown) + "：" + points + "分");
    }
    double median = card.median(j);
    return new Reason(
        code,
        indicator.label().en()
            + " "
            + Numbers.en(value, format)
            + " (typical "
            + Numbers.en(median, format)
            + "): "
            + points
            + " points",
        indicator.label().zh()
            + Numbers.zh(value, format)
            + "（一般为"
            + Numbers.zh(median, format)
            + "）："
            + points
            + "分");
  }

  /**
   * One reason.
   *
   * @param code stable, such as {@code spend_365d:raises}
   * @param en the sentence in English
   * @param zh the sentence in Chinese
   */
  record Reason(String code, String en, String zh) {}
}
