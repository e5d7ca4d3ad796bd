package io.gradus.job;

import static io.gradus.table.Columns.DAY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.CustomerStates;
import io.gradus.feature.StateChanges;
import io.gradus.feature.StateStep;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunRef;
import io.gradus.table.Silver;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The features of a night, carried over from {@code silver.customer_state} where that is cheaper
 * than to add up the whole history. The nights of a week are carried over from the same state;
 * {@code silver.customer_change} has what happened since to the days that it counts. Then the state
 * is added up again, which costs less than to carry and write all its columns. A back-filled date
 * is added up in full and leaves both alone.
 */
final class FeatureStep implements AutoCloseable {
  /** Below that many source rows, adding up everything costs less than keeping the state. */
  static final long LEAST_ROWS = 2_000_000;

  private static final String STATE_SILVER = "state_silver";

  /** Named otherwise before the state had what its calendar says: such a state is not read. */
  private static final String STATE_AS_OF = "state_date";

  private static final String STATE_CHANGES = "state_changes";

  private static final int DAYS_OF_A_STATE = 7;
  private static final long MOST_DAYS = 2_500_000;
  private static final int MOST_LOST = 1_000;

  private final Lake lake;
  private final SilverStep silver;
  private final RunRef run;
  private final boolean keepsState;
  private final Map<String, String> published;
  private Map<String, String> kept = Map.of();
  private final KeptRows rows = new KeptRows();

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

  /** One row per customer with a row on or before the as-of date; read them before closing. */
  Dataset<Row> features(Dataset<Row> days) {
    if (!keepsState) {
      return CustomerFeatures.at(days, run.asOf());
    }
    Optional<LocalDate> from = stateDate();
    Optional<Dataset<Row>> changed = silver.changedDays();
    if (from.isEmpty() || changed.isEmpty()) {
      return anew(days);
    }
    Optional<Dataset<Row>> states = carried(days, changed.get(), from.get());
    SparkRuntime.sizeFor(days.sparkSession(), silver.rows());
    if (states.isEmpty()) {
      return anew(days);
    }
    remember(changed.get().where(col(DAY).leq(lit(from.get()))), from.get());
    return CustomerFeatures.of(states.get(), run.asOf());
  }

  /** The states of the as-of date; nothing where adding up everything costs less. */
  private Optional<Dataset<Row>> carried(Dataset<Row> days, Dataset<Row> changed, LocalDate from) {
    SparkSession spark = days.sparkSession();
    StateChanges since = new StateChanges(from, run.asOf());
    // Of the days that are read, few are shuffled.
    SparkRuntime.partitionFor(spark, silver.newRows() + MOST_DAYS);
    Kept moved = rows.keep(since.days(days, sinceState(changed)));
    if (moved.count() > MOST_DAYS) {
      return Optional.empty();
    }
    Dataset<Row> before = lake.readPublished(Silver.CUSTOMER_STATE);
    StateStep step = new StateStep(since);
    SparkRuntime.compileFor(spark, moved.count());
    Dataset<Row> changes = rows.keep(since.of(moved.leaf())).leaf();
    SparkRuntime.compileFor(spark, silver.rows());
    // One plan that reads, joins and writes all columns takes longer to compile than to run.
    Dataset<Row> known = Plans.leaf(step.known(before, changes));
    Kept touched = rows.keep(step.touched(known, changes));
    List<String> lost = lost(touched.rows());
    if (lost.size() > MOST_LOST) {
      return Optional.empty();
    }
    SparkRuntime.compileFor(spark, lost.isEmpty() ? touched.count() : silver.rows());
    Dataset<Row> few = rows.keep(step.changed(days, changes, touched.leaf(), lost)).leaf();
    return Optional.of(step.unchanged(before, moved.leaf()).unionByName(few));
  }

  /** What this run has changed, and the runs between it and the state. */
  private Dataset<Row> sinceState(Dataset<Row> changed) {
    if (!published.containsKey(STATE_CHANGES)) {
      return changed;
    }
    Column[] columns = Stream.of(changed.columns()).map(functions::col).toArray(Column[]::new);
    return changed.unionAll(lake.readPublished(Silver.CUSTOMER_CHANGE).select(columns));
  }

  /** Customers whose state cannot be carried. */
  private static List<String> lost(Dataset<Row> touched) {
    return touched.where(StateStep.ANEW).limit(MOST_LOST + 1).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** Adds up every customer's days and writes the states. */
  private Dataset<Row> anew(Dataset<Row> days) {
    Dataset<Row> states = CustomerStates.at(days, run.asOf());
    lake.overwrite(Silver.CUSTOMER_STATE, shaped(Silver.CUSTOMER_STATE, states), run);
    kept = Map.of(STATE_AS_OF, run.asOf().toString());
    return CustomerFeatures.of(lake.read(Silver.CUSTOMER_STATE), run.asOf());
  }

  /** Leaves the state as it is, and adds to what has changed since. */
  private void remember(Dataset<Row> changed, LocalDate from) {
    boolean already = published.containsKey(STATE_CHANGES);
    if (!silver.reused()) {
      Dataset<Row> more = shaped(Silver.CUSTOMER_CHANGE, changed);
      if (already) {
        lake.append(Silver.CUSTOMER_CHANGE, more, run);
      } else {
        lake.overwrite(Silver.CUSTOMER_CHANGE, more, run);
      }
    }
    kept =
        already || !silver.reused()
            ? Map.of(STATE_AS_OF, from.toString(), STATE_CHANGES, "days")
            : Map.of(STATE_AS_OF, from.toString());
  }

  private Dataset<Row> shaped(TableSpec table, Dataset<Row> rows) {
    return TableRows.exact(table, rows, run.asOf(), run.runId());
  }

  /** The date of a published state that belongs to the silver tables this run builds on. */
  private Optional<LocalDate> stateDate() {
    String silverHash = published.getOrDefault(SilverBase.HASH, "");
    return Optional.ofNullable(published.get(STATE_AS_OF))
        .filter(date -> silverHash.equals(published.get(STATE_SILVER)))
        .map(LocalDate::parse)
        .filter(date -> !date.isAfter(run.asOf()))
        .filter(date -> date.plusDays(DAYS_OF_A_STATE).isAfter(run.asOf()));
  }

  /** What the publication keeps of the state; a run that leaves the state alone passes it on. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>(kept.isEmpty() ? published : kept);
    if (!kept.isEmpty()) {
      attributes.put(STATE_SILVER, silver.attributes().getOrDefault(SilverBase.HASH, ""));
    }
    attributes.keySet().retainAll(List.of(STATE_SILVER, STATE_AS_OF, STATE_CHANGES));
    return attributes;
  }

  @Override
  public void close() {
    rows.close();
  }
}
