package io.gradus.monitor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something a person should know, found true on one as-of date.
 *
 * @param source what raised it, such as {@code clusters}
 * @param type what happened, such as {@code born}
 * @param severity how urgent it is
 * @param subject what it happened to, such as a cluster's key
 * @param customerId the customer; null for other subjects
 * @param owner who looks after the customer; null when nobody is known to
 * @param value the figure behind it; null when there is none
 * @param bound what the figure is held against; null when there is none
 * @param english one sentence
 * @param chinese the same in Chinese
 */
public record Alert(
    String source,
    String type,
    Severity severity,
    String subject,
    @Nullable String customerId,
    @Nullable String owner,
    @Nullable Double value,
    @Nullable Double bound,
    String english,
    String chinese) {

  /** How urgent an alert is. */
  public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Look into it before the figures are used. */
    WARNING,
    /** Act today. */
    CRITICAL;

    /** The severity as tables write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An alert about something other than a customer. */
  public static Alert of(
      String source,
      String type,
      Severity severity,
      String subject,
      @Nullable Double value,
      @Nullable Double bound,
      String english,
      String chinese) {
    return new Alert(source, type, severity, subject, null, null, value, bound, english, chinese);
  }

  /** What is wrong with what: the same cause on several nights is one alert. */
  public String cause() {
    return String.join(".", source, type, subject);
  }
}
