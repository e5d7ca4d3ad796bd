package io.gradus.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two years of nights with planted events: each raises its alert within the nights that the
 * monitoring page states, and other alerts are one a month at most.
 */
@ExtendWith(SparkExtension.class)
class PlantedEventsTest {
  private static final StructType ACCOUNT =
      StructType.fromDDL(
          "customer_id STRING, grade STRING, before_grade STRING, direction STRING, cause STRING,"
              + " spend_365d DECIMAL(18,2), before_spend_365d DECIMAL(18,2), days_since_last INT,"
              + " before_days_since_last INT, overdue_after_days DOUBLE, lapsed_after_days DOUBLE,"
              + " before_overdue_after_days DOUBLE, before_lapsed_after_days DOUBLE,"
              + " churn_probability DOUBLE, before_churn_probability DOUBLE, account_tier STRING,"
              + " before_account_tier STRING, owner STRING, customer_name STRING");

  private static final int FIRST_FEATURE = 8;
  private static final List<String> FEATURES = List.of("since", "year", "recent");

  private final PlantedCompany company = new PlantedCompany();
  private final NavigableMap<LocalDate, Double> counts = new TreeMap<>();
  private final List<Row> accounts = new ArrayList<>();
  private List<Drift.Reference> references = List.of();
  private AlertBook book = new AlertBook(List.of());

  @Test
  void everyPlantedEventRaisesItsAlertAndLittleElseDoes(SparkSession spark) {
    for (int night = 0; night < PlantedCompany.NIGHTS; night++) {
      company.night();
      accounts.addAll(company.accounts());
      LocalDate date = company.date();
      book = book.after(found(date), date, "run-" + night);
    }
    List<AlertBook.Entry> raised = book.entries();
    within(raised, "data.order_value_moved", PlantedCompany.PRICE_RISE, 30);
    within(raised, "structure.group_fell.region=West", PlantedCompany.REGION_FALLS, 20);
    within(raised, "data.purchases_fell", PlantedCompany.FEED_HALVES, 7);
    within(raised, "drift.drift.product_mix", PlantedCompany.MIX_CHANGES, 45);

    List<Alert> overdue = overdue(spark);
    int leaves = PlantedCompany.ACCOUNT_LEAVES;
    assertThat(overdue)
        .anySatisfy(
            alert -> {
              assertThat(alert.subject()).endsWith("|0");
              assertThat(night(alert)).isBetween(leaves, leaves + 40);
            });
    long falseOverdue = overdue.stream().filter(alert -> !alert.subject().endsWith("|0")).count();
    long falseOthers = raised.stream().filter(entry -> !planted(entry)).count();
    assertThat(falseOverdue + falseOthers)
        .as("false alerts in 24 months: %s", raised)
        .isLessThanOrEqualTo(24);
  }

  private static int night(Alert alert) {
    return Integer.parseInt(alert.subject().substring(0, alert.subject().indexOf('|')));
  }

  private static void within(List<AlertBook.Entry> raised, String cause, int event, int nights) {
    assertThat(raised)
        .filteredOn(entry -> entry.alert().cause().startsWith(cause))
        .as(cause)
        .anySatisfy(
            entry ->
                assertThat(entry.openedOn())
                    .isBetween(
                        PlantedCompany.FIRST.plusDays(event),
                        PlantedCompany.FIRST.plusDays(event + nights)));
  }

  /** Whether an event within the last 75 days explains the alert. */
  private static boolean planted(AlertBook.Entry entry) {
    long night = entry.openedOn().toEpochDay() - PlantedCompany.FIRST.toEpochDay();
    return java.util.stream.IntStream.of(
            PlantedCompany.PRICE_RISE,
            PlantedCompany.ACCOUNT_LEAVES,
            PlantedCompany.REGION_FALLS,
            PlantedCompany.FEED_HALVES,
            PlantedCompany.FEED_BACK,
            PlantedCompany.MIX_CHANGES)
        .anyMatch(event -> night >= event && night <= event + 75);
  }

  private List<Alert> found(LocalDate date) {
    boolean monthly = date.getDayOfMonth() == 1;
    List<Row> customers = company.customers();
    List<Drift.Reference> all = new ArrayList<>(references);
    if (monthly) {
      all.addAll(cut(customers, date));
    }
    CustomerTally tally = CustomerTally.ofRows(laidOut(customers, all), List.of("region"), all);
    List<Drift.Finding> drift = new ArrayList<>(Drift.findings(all, tally));
    if (monthly) {
      references =
          drift.subList(references.size(), drift.size()).stream()
              .map(Drift.Finding::reference)
              .toList();
      ProductShare products = company.products();
      if (products.comparable()) {
        drift.add(products.mix(date.minusMonths(1)));
      }
    }
    List<Alert> found = new ArrayList<>(GroupAlerts.drift(drift));
    found.addAll(GroupAlerts.scopes(company.summary()));
    var trends = new Trends(date, Map.of(Trends.PURCHASES_UNTIL, new TreeMap<>(counts)));
    found.addAll(GroupAlerts.checks(trends.checks(tally, 0)));
    counts.put(date, (double) tally.purchaseDays());
    return found;
  }

  /** A column per reference, as the tally of a night has them. */
  private static List<Row> laidOut(List<Row> customers, List<Drift.Reference> references) {
    return customers.stream()
        .map(
            row -> {
              List<Object> values = new ArrayList<>();
              for (int i = 0; i < FIRST_FEATURE; i++) {
                values.add(row.get(i));
              }
              references.forEach(
                  r -> values.add(row.get(FIRST_FEATURE + FEATURES.indexOf(r.feature()))));
              return RowFactory.create(values.toArray());
            })
        .toList();
  }

  private static List<Drift.Reference> cut(List<Row> customers, LocalDate date) {
    List<Drift.Reference> cuts = new ArrayList<>();
    for (int feature = 0; feature < FEATURES.size(); feature++) {
      int at = FIRST_FEATURE + feature;
      double[] values =
          customers.stream()
              .filter(r -> !r.isNullAt(at))
              .mapToDouble(r -> r.getDouble(at))
              .sorted()
              .toArray();
      double[] limits = new double[9];
      Arrays.setAll(limits, i -> values[values.length * (i + 1) / 10]);
      double[] distinct = Arrays.stream(limits).distinct().toArray();
      cuts.add(new Drift.Reference(FEATURES.get(feature), date, distinct, 0, new double[0]));
    }
    return cuts;
  }

  /** All nights of the accounts as one question: their ids tell the night. */
  private List<Alert> overdue(SparkSession spark) {
    List<Row> rows =
        accounts.stream()
            .map(
                r ->
                    RowFactory.create(
                        r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5), r.get(6),
                        r.get(7), r.get(8), r.get(9), r.get(10), r.get(9), r.get(10), 0.1, 0.1,
                        "key", "key", null, null))
            .toList();
    return AccountAlerts.of(spark.createDataFrame(rows, ACCOUNT), BigDecimal.ONE);
  }
}
