package io.gradus.grade;

import io.gradus.insight.Lifecycle;
import java.util.Map;

/** The stages of the lifecycle for people. */
final class StageNames {
  private static final Map<String, Label> NAMES =
      Map.of(
          Lifecycle.PROSPECT, new Label("prospect", "潜在客户"),
          Lifecycle.NEW, new Label("new", "新客户"),
          Lifecycle.GROWING, new Label("growing", "成长"),
          Lifecycle.MATURE, new Label("mature", "成熟"),
          Lifecycle.DECLINING, new Label("declining", "衰退"),
          Lifecycle.AT_RISK, new Label("at risk", "有流失风险"),
          Lifecycle.LAPSED, new Label("lapsed", "已流失"),
          Lifecycle.REACTIVATED, new Label("reactivated", "重新激活"));

  private StageNames() {}

  /** The name of a stage; the stage itself where it is none of ours. */
  static Label of(String stage) {
    return NAMES.getOrDefault(stage, new Label(stage, stage));
  }
}
