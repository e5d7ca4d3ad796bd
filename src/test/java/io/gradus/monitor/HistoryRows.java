package io.gradus.monitor;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Rows of {@code gold.customer_grade_history} in force. */
final class HistoryRows {
  private HistoryRows() {}

  static Row row(
      String id,
      LocalDate from,
      @Nullable LocalDate to,
      String grade,
      @Nullable String previous,
      String cause,
      String runId) {
    Date end = to == null ? null : Date.valueOf(to);
    return RowFactory.create(id, Date.valueOf(from), end, grade, previous, cause, null, runId);
  }
}
