package io.gradus.ml.churn;

import io.gradus.table.TenDigits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** One customer's answer as a row: what the model says and why. */
final class CustomerRisk {
  static final String PROBABILITY = "probability";
  static final String BAND = "band";
  static final String CODES = "codes";
  static final String ENGLISH = "english";
  static final String CHINESE = "chinese";
  static final String NEXT_DAYS = "next_days";
  static final String OVERDUE = "overdue";
  static final String SPEND = "spend";
  static final String SPEND_BTYD = "spend_btyd";

  static final StructType SCHEMA =
      new StructType()
          .add(PROBABILITY, DataTypes.DoubleType)
          .add(BAND, DataTypes.StringType)
          .add(CODES, DataTypes.createArrayType(DataTypes.StringType))
          .add(ENGLISH, DataTypes.StringType)
          .add(CHINESE, DataTypes.StringType)
          .add(NEXT_DAYS, DataTypes.IntegerType)
          .add(OVERDUE, DataTypes.DoubleType)
          .add(SPEND, DataTypes.DoubleType)
          .add(SPEND_BTYD, DataTypes.DoubleType);

  private static final int REASONS = 3;
  private static final double LEAST_CONTRIBUTION = 0.01;

  private CustomerRisk() {}

  /** The answer for a customer with a purchase; NULL for one without. */
  static @Nullable Row of(LearnedChurn learned, @Nullable Row features) {
    if (features == null) {
      return null;
    }
    CustomerState customer = CustomerState.of(features);
    ChurnScorer scorer = learned.scorer();
    Double probability = null;
    String band = null;
    List<Reason> reasons = List.of();
    if (scorer != null) {
      double[] contributions = scorer.contributions(customer);
      double logit = scorer.reference() + Arrays.stream(contributions).sum();
      probability = TenDigits.of(Logit.probability(logit));
      band = band(probability);
      reasons = reasons(contributions);
    }
    SpendModel model = learned.spend();
    SpendModel.Outlook outlook =
        model == null ? null : model.outlook(customer, learned.horizonDays());
    return RowFactory.create(
        probability,
        band,
        reasons.stream().map(Reason::code).toArray(String[]::new),
        joined(reasons, "; ", Reason::english),
        joined(reasons, "；", Reason::chinese),
        learned.rhythm().lapsed(customer) ? null : learned.rhythm().daysToNext(customer),
        TenDigits.of(learned.rhythm().overdueRatio(customer)),
        outlook == null ? null : TenDigits.of(spend(learned, customer, outlook)),
        outlook == null ? null : TenDigits.of(outlook.spend()));
  }

  private record Reason(Theme theme, boolean raises, double strength) {
    String code() {
      return theme.code(raises);
    }

    String english() {
      return theme.english(raises);
    }

    String chinese() {
      return theme.chinese(raises);
    }
  }

  private static @Nullable String joined(
      List<Reason> reasons, String separator, Function<Reason, String> text) {
    return reasons.isEmpty()
        ? null
        : reasons.stream().map(text).collect(Collectors.joining(separator));
  }

  /**
   * The strongest contributions either way, strongest first; themes in order among equals. The
   * strongest is always there unless nothing tells the customer from the average.
   */
  private static List<Reason> reasons(double[] contributions) {
    Theme[] themes = Theme.values();
    double strongest = Arrays.stream(contributions).map(Math::abs).max().orElse(0);
    double least = Math.min(LEAST_CONTRIBUTION, strongest);
    return IntStream.range(0, themes.length)
        .mapToObj(i -> new Reason(themes[i], contributions[i] > 0, Math.abs(contributions[i])))
        .filter(reason -> reason.strength() > 0 && reason.strength() >= least)
        .sorted(Comparator.comparingDouble(Reason::strength).reversed())
        .limit(REASONS)
        .toList();
  }

  private static String band(double probability) {
    if (probability < 0.25) {
      return "low";
    }
    if (probability < 0.5) {
      return "medium";
    }
    return probability < 0.75 ? "high" : "very_high";
  }

  private static double spend(
      LearnedChurn learned, CustomerState customer, SpendModel.Outlook outlook) {
    HurdleSpend hurdle = learned.hurdle();
    return hurdle != null && learned.hurdleSpend()
        ? hurdle.expected(customer, outlook)
        : outlook.spend();
  }
}
