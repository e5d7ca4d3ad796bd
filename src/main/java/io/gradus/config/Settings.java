package io.gradus.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything a nightly run is told. Only {@code sources.transactions} has no default.
 *
 * @param lake folder or URI of the lake
 * @param asOf {@code latest}, the newest complete business day of the data, or a date
 * @param timeZone the zone that cuts business days and in which zone-less source times are read;
 *     null when not given
 * @param currency ISO 4217 code of the lake's money
 * @param roots folders below which sources must lie; empty allows any
 * @param policy path of the grading policy; null takes the built-in default
 * @param shadowPolicy path of a coming policy, graded beside the official one; null for none
 * @param privacy what the lake may know of customers
 */
public record Settings(
    String lake,
    String asOf,
    @Nullable String timeZone,
    String currency,
    List<String> roots,
    Sources sources,
    RfmSettings rfm,
    ClvSettings clv,
    ClusterSettings clusters,
    ChurnSettings churn,
    @Nullable String policy,
    @Nullable String shadowPolicy,
    GateSettings gates,
    RetentionSettings retention,
    PrivacySettings privacy,
    AlertSettings alerts) {

  /** The value of {@code as_of} that follows the data. */
  public static final String LATEST = "latest";

  private static final String DEFAULT_ZONE = "UTC";

  @SuppressWarnings("ReturnValueIgnored")
  public Settings {
    lake = Objects.requireNonNullElse(lake, "lake");
    asOf = Objects.requireNonNullElse(asOf, LATEST);
    currency = Objects.requireNonNullElse(currency, "EUR");
    roots = roots == null ? List.of() : List.copyOf(roots);
    rfm = rfm == null ? RfmSettings.defaults() : rfm;
    clv = clv == null ? ClvSettings.defaults() : clv;
    clusters = clusters == null ? ClusterSettings.defaults() : clusters;
    churn = churn == null ? ChurnSettings.defaults() : churn;
    gates = gates == null ? GateSettings.defaults() : gates;
    retention = retention == null ? RetentionSettings.defaults() : retention;
    privacy = privacy == null ? PrivacySettings.defaults() : privacy;
    alerts = alerts == null ? AlertSettings.none() : alerts;
    if (sources == null) {
      throw new IllegalArgumentException(
          "sources.transactions is required: give its path and map customer_id, timestamp and"
              + " amount");
    }
    Secrets.refuse("lake", lake);
    roots.forEach(root -> Secrets.refuse("roots", root));
    checkDate(asOf);
    checkZone(timeZone);
    checkCurrency(currency);
  }

  /** The same settings as of another day. */
  public Settings at(LocalDate date) {
    return new Settings(
        lake,
        date.toString(),
        timeZone,
        currency,
        roots,
        sources,
        rfm,
        clv,
        clusters,
        churn,
        policy,
        shadowPolicy,
        gates,
        retention,
        privacy,
        alerts);
  }

  /** The business zone, UTC when none is given. */
  public ZoneId zone() {
    return ZoneId.of(Objects.requireNonNullElse(timeZone, DEFAULT_ZONE));
  }

  /** The as-of date, or null when it follows the data. */
  public @Nullable LocalDate asOfDate() {
    return asOf.equals(LATEST) ? null : LocalDate.parse(asOf);
  }

  @SuppressWarnings("ReturnValueIgnored")
  private static void checkDate(String asOf) {
    if (!asOf.equals(LATEST)) {
      try {
        LocalDate.parse(asOf);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "as_of: cannot use '" + asOf + "'; use latest or a date such as 2026-01-31", e);
      }
    }
  }

  @SuppressWarnings("ReturnValueIgnored")
  private static void checkZone(@Nullable String zone) {
    if (zone != null) {
      try {
        ZoneId.of(zone);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "time_zone: unknown zone '" + zone + "'; use a name such as Europe/London", e);
      }
    }
  }

  private static void checkCurrency(String code) {
    boolean known =
        Currency.getAvailableCurrencies().stream().anyMatch(c -> c.getCurrencyCode().equals(code));
    if (!known) {
      throw new IllegalArgumentException(
          "currency: unknown code '" + code + "'; use an ISO 4217 code such as EUR");
    }
  }
}
