package io.gradus.job;

import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.monitor.Alert;
import io.gradus.monitor.Alert.Severity;
import io.gradus.monitor.AlertBook;
import io.gradus.monitor.AlertBook.Entry;
import io.gradus.monitor.AlertBook.State;
import io.gradus.table.Columns;
import io.gradus.table.OpsMonitoring;
import io.gradus.table.TenDigits;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The alert book in its table. */
final class AlertTable {
  private final Lake lake;

  AlertTable(Lake lake) {
    this.lake = lake;
  }

  /** The published alerts; none in a lake without. */
  AlertBook read() {
    boolean any = lake.published().current().isPresent() && lake.exists(OpsMonitoring.ALERT);
    return new AlertBook(
        any
            ? lake.readPublished(OpsMonitoring.ALERT).collectAsList().stream()
                .map(AlertTable::entry)
                .toList()
            : List.of());
  }

  void write(AlertBook book, RunRef run) {
    List<Row> rows = book.entries().stream().map(AlertTable::row).toList();
    lake.overwrite(OpsMonitoring.ALERT, rows, run);
  }

  private static Row row(Entry entry) {
    Alert alert = entry.alert();
    return RowFactory.create(
        entry.id(),
        alert.source(),
        alert.type(),
        alert.severity().code(),
        alert.subject(),
        alert.customerId(),
        alert.owner(),
        entry.state().code(),
        Date.valueOf(entry.openedOn()),
        Date.valueOf(entry.lastSeenOn()),
        entry.endedOn() == null ? null : Date.valueOf(entry.endedOn()),
        entry.acknowledgedBy(),
        entry.closedBy(),
        entry.note(),
        rounded(alert.value()),
        rounded(alert.bound()),
        alert.english(),
        alert.chinese(),
        entry.runId());
  }

  private static Entry entry(Row row) {
    Alert alert =
        new Alert(
            row.getAs("source"),
            row.getAs("type"),
            Severity.valueOf(row.<String>getAs("severity").toUpperCase(Locale.ROOT)),
            row.getAs("subject"),
            row.getAs(Columns.CUSTOMER_ID),
            row.getAs(Columns.OWNER),
            row.getAs("value"),
            row.getAs("bound"),
            row.getAs("message_en"),
            row.getAs("message_zh"));
    return new Entry(
        row.getAs("alert_id"),
        alert,
        State.valueOf(row.<String>getAs("state").toUpperCase(Locale.ROOT)),
        row.<Date>getAs("opened_on").toLocalDate(),
        row.<Date>getAs("last_seen_on").toLocalDate(),
        date(row.getAs("ended_on")),
        row.getAs("acknowledged_by"),
        row.getAs("closed_by"),
        row.getAs("note"),
        row.getAs(Columns.RUN_ID));
  }

  private static @Nullable Double rounded(@Nullable Double value) {
    return value == null ? null : TenDigits.orNull(value);
  }

  private static @Nullable LocalDate date(@Nullable Date date) {
    return date == null ? null : date.toLocalDate();
  }
}
