package io.gradus.job;

import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.CustomerStates;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunRef;
import io.gradus.table.Silver;
import io.gradus.table.TableRows;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The features of a night, carried over from {@code silver.customer_state} where that is cheaper
 * than to add up the whole history. The state always stands for the newest as-of date; a
 * back-filled date is added up in full and leaves it alone.
 */
final class FeatureStep {
  /** Below that many source rows, adding up everything costs less than keeping the state. */
  static final long LEAST_ROWS = 2_000_000;

  private static final String STATE_SILVER = "state_silver";
  private static final String STATE_AS_OF = "state_as_of";
  private static final int LONGEST_STEP_DAYS = 31;
  private static final long MOST_CHANGES = 1_000_000;

  private final Lake lake;
  private final SilverStep silver;
  private final RunRef run;
  private final boolean keepsState;
  private final Map<String, String> published;
  private boolean written;

  /**
   * @param keepsState whether the run keeps the state: it is the newest date and large enough
   */
  FeatureStep(Lake lake, SilverStep silver, RunRef run, boolean keepsState) {
    this.lake = lake;
    this.silver = silver;
    this.run = run;
    this.keepsState = keepsState;
    this.published = lake.published().current().map(Publication::attributes).orElse(Map.of());
  }

  /** One row per customer with a row on or before the as-of date. */
  Dataset<Row> features(Dataset<Row> days) {
    if (!keepsState) {
      return CustomerFeatures.at(days, run.asOf());
    }
    Kept changes = null;
    Dataset<Row> states = CustomerStates.at(days, run.asOf());
    Optional<Dataset<Row>> changed = silver.changedCustomers();
    Optional<LocalDate> from = stateDate();
    if (from.isPresent() && changed.isPresent()) {
      changes = Kept.of(CustomerStates.changes(days, changed.get(), from.get(), run.asOf()));
      if (changes.count() <= MOST_CHANGES) {
        Dataset<Row> before = lake.readPublished(Silver.CUSTOMER_STATE);
        states = CustomerStates.advance(before, days, changes.rows(), from.get(), run.asOf());
      }
    }
    lake.overwrite(
        Silver.CUSTOMER_STATE,
        TableRows.of(Silver.CUSTOMER_STATE, states, run.asOf(), run.runId()),
        run);
    written = true;
    if (changes != null) {
      changes.close();
    }
    return CustomerFeatures.of(lake.read(Silver.CUSTOMER_STATE), run.asOf());
  }

  /** The date of a published state that belongs to the silver tables this run builds on. */
  private Optional<LocalDate> stateDate() {
    String silverHash = published.getOrDefault(SilverBase.HASH, "");
    return Optional.ofNullable(published.get(STATE_AS_OF))
        .filter(date -> silverHash.equals(published.get(STATE_SILVER)))
        .map(LocalDate::parse)
        .filter(date -> !date.isAfter(run.asOf()))
        .filter(date -> date.plusDays(LONGEST_STEP_DAYS).isAfter(run.asOf()));
  }

  /** What the publication keeps of the state; a run that leaves the state alone passes it on. */
  Map<String, String> attributes() {
    if (written) {
      return Map.of(
          STATE_SILVER,
          silver.attributes().getOrDefault(SilverBase.HASH, ""),
          STATE_AS_OF,
          run.asOf().toString());
    }
    String date = published.get(STATE_AS_OF);
    String silverHash = published.get(STATE_SILVER);
    return date == null || silverHash == null
        ? Map.of()
        : Map.of(STATE_SILVER, silverHash, STATE_AS_OF, date);
  }
}
