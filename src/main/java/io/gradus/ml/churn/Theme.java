package io.gradus.ml.churn;

import java.util.Locale;

/** What a churn probability rests on, in groups that a person can act on. */
enum Theme {
  PATTERN("Purchase pattern as a whole", "整体购买规律"),
  RECENCY("Days since the last purchase", "距上次购买天数"),
  FREQUENCY("Number of purchases", "购买次数"),
  TENURE("Time as a customer", "客户年限"),
  VALUE("Spend", "消费金额"),
  BREADTH("Range of products", "购买品类范围"),
  RETURNS("Returns", "退货"),
  RHYTHM("Wait against the personal rhythm", "与个人购买节奏相比的间隔");

  private final String english;
  private final String chinese;

  Theme(String english, String chinese) {
    this.english = english;
    this.chinese = chinese;
  }

  /** The reason's code: the theme in lower case and its direction. */
  String code(boolean raises) {
    return name().toLowerCase(Locale.ROOT) + (raises ? "_raises" : "_lowers");
  }

  /** The reason in English. */
  String english(boolean raises) {
    return english + (raises ? ": raises the risk" : ": lowers the risk");
  }

  /** The reason in Chinese. */
  String chinese(boolean raises) {
    return chinese + (raises ? "：提高流失风险" : "：降低流失风险");
  }
}
