package io.gradus.ml.cluster;

/** How a high or low value of a feature is called in a cluster's name. */
record FeatureWords(String high, String low, String highZh, String lowZh) {

  static FeatureWords of(String column) {
    return switch (column.replaceFirst("_\\d+d$", "")) {
      case "days_since_last" -> new FeatureWords("long absent", "recent", "久未购买", "近期购买");
      case "purchases", "purchase_days", "frequency" ->
          new FeatureWords("frequent", "infrequent", "高频", "低频");
      case "spend", "net_total", "gross_total" ->
          new FeatureWords("high spend", "low spend", "高消费", "低消费");
      case "average_day_amount", "monetary_value", "largest_day_amount" ->
          new FeatureWords("big baskets", "small baskets", "大单", "小单");
      case "T" -> new FeatureWords("long-standing", "newly won", "老客户", "新获客户");
      case "recency" -> new FeatureWords("long active span", "short active span", "活跃期长", "活跃期短");
      case "gap_mean", "log_gap_mean" ->
          new FeatureWords("long gaps", "short gaps", "购买间隔长", "购买间隔短");
      case "gap_cv", "log_gap_sd" -> new FeatureWords("irregular", "regular", "购买不规律", "购买规律");
      case "category_breadth" -> new FeatureWords("broad range", "narrow range", "品类广", "品类窄");
      case "return_rate", "refund_total" ->
          new FeatureWords("many returns", "few returns", "退货多", "退货少");
      default ->
          new FeatureWords(
              "high " + column.replace('_', ' '),
              "low " + column.replace('_', ' '),
              column + "高",
              column + "低");
    };
  }
}
