package io.gradus.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Something a person should know, a row of {@code ops.alert}.
 *
 * @param source what raised it, such as {@code clusters}
 * @param type what happened, such as {@code born}
 * @param severity how urgent it is
 * @param subject what it happened to, such as a cluster's key
 * @param value the figure behind it; null when there is none
 * @param english one sentence
 * @param chinese the same in Chinese
 */
public record Alert(
    String source,
    String type,
    Severity severity,
    String subject,
    @Nullable Double value,
    String english,
    String chinese) {

  /** How urgent an alert is. */
  public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Look into it before the figures are used. */
    WARNING
  }

  /** Identifies the alert within its run. */
  public String id() {
    return String.join(".", source, type, subject);
  }
}
