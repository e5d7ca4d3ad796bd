package io.gradus.grade;

import java.util.Map;

/** What to do with the customers of a grade where the policy does not say. */
final class StrategyCatalog {
  private static final Map<String, Label> BY_GRADE =
      Map.of(
          "S", new Label("Named contact, joint plan, first call on capacity", "专人负责，共同规划，优先保障资源"),
          "A", new Label("Keep close and widen the range bought", "保持紧密联系，扩大采购品类"),
          "B", new Label("Standard service, develop the next need", "标准服务，挖掘下一个需求"),
          "C", new Label("Efficient service, automated offers", "高效服务，自动化推荐"),
          "D", new Label("Self-service, no active spending", "自助服务，不主动投入"));

  private StrategyCatalog() {}

  /** The usual strategy of a grade's code; a neutral sentence for grades of the owner's own. */
  static Label of(String grade) {
    return BY_GRADE.getOrDefault(
        grade, new Label("Serve as agreed for grade " + grade, "按" + grade + "级标准服务"));
  }
}
