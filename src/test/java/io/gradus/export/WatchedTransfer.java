package io.gradus.export;

import io.gradus.table.TableSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A transfer that loses the rows of one table, or lets the test look before it publishes. */
final class WatchedTransfer implements Transfer {
  private final Transfer real;
  private final String lost;
  private final Runnable beforePublish;

  WatchedTransfer(Transfer real, String lost, Runnable beforePublish) {
    this.real = real;
    this.lost = lost;
    this.beforePublish = beforePublish;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Path staging() {
    return real.staging();
  }

  @Override
  public Optional<CsvLine> line() {
    return real.line();
  }

  @Override
  public Set<String> tables() {
    return real.tables();
  }

  @Override
  public Map<String, Long> runs(TableSpec table) {
    return real.runs(table);
  }

  @Override
  public void load(TableSpec table, Change change, List<Path> files) {
    real.load(table, change, table.name().equals(lost) ? List.of() : files);
  }

  @Override
  public Totals received(TableSpec table, Change change) {
    return real.received(table, change);
  }

  @Override
  public List<Path> written(TableSpec table) {
    return real.written(table);
  }

  @Override
  public void publish(List<ExportRecord> records) {
    beforePublish.run();
    real.publish(records);
  }

  @Override
  public void close() {
    real.close();
  }
}
