package io.gradus.job;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CURRENCY;
import static io.gradus.table.Columns.DISPOSITION;
import static io.gradus.table.Columns.REASON;
import static io.gradus.table.Columns.RUN_ID;
import static org.apache.spark.sql.functions.col;

import io.gradus.error.GradusException;
import io.gradus.ingest.Oddities;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.table.Ops;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The published silver tables and what their publication tells of them. */
record SilverBase(Publication publication) {
  static final String HASH = "silver_hash";
  static final String RULES = "silver_rules";
  static final String FIRST_DAY = "first_day";
  static final String LAST_DAY = "last_day";
  static final String FIRST_FUTURE_DAY = "first_future_day";

  /** What is published now, if it has silver tables. */
  static Optional<SilverBase> published(Lake lake) {
    return lake.published()
        .current()
        .filter(publication -> publication.attributes().containsKey(HASH))
        .map(SilverBase::new);
  }

  /** The hash of everything the tables were made from. */
  String hash() {
    return attribute(HASH);
  }

  /** The hash of what they were made by, beside the files. */
  String rules() {
    return attribute(RULES);
  }

  private String attribute(String key) {
    return publication.attributes().getOrDefault(key, "");
  }

  @Nullable LocalDate firstDay() {
    return day(FIRST_DAY);
  }

  @Nullable LocalDate lastDay() {
    return day(LAST_DAY);
  }

  /** The first day of a row that was still to come, null without any. */
  @Nullable LocalDate firstFutureDay() {
    return day(FIRST_FUTURE_DAY);
  }

  private @Nullable LocalDate day(String key) {
    String text = publication.attributes().get(key);
    return text == null || text.equals("null") ? null : LocalDate.parse(text);
  }

  /** The reconciliation that was published with the tables. */
  Reconciliation reconciliation(Lake lake) {
    List<Line> lines =
        lake
            .readPublished(Ops.RECONCILIATION)
            .where(col(RUN_ID).equalTo(publication.runId()))
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Line(
                        Disposition.valueOf(
                            row.<String>getAs(DISPOSITION).toUpperCase(Locale.ROOT)),
                        row.getAs(REASON),
                        row.getAs(CURRENCY),
                        row.<Long>getAs("rows"),
                        row.<BigDecimal>getAs(AMOUNT)))
            .sorted(Reconciliation.ORDER)
            .toList();
    return new Reconciliation(lines, 0, firstDay(), lastDay(), firstFutureDay(), Oddities.NONE);
  }

  /**
   * Refuses to build on tables that are no longer the published ones; call it under the lock.
   *
   * @throws GradusException fenced when another run published since this one looked
   */
  void requireCurrent(Lake lake) {
    long now = lake.published().current().map(Publication::sequence).orElse(0L);
    if (now != publication.sequence()) {
      throw GradusException.fenced(
          "Another run published in " + lake.root() + " while this one read its input. Run again.");
    }
  }
}
