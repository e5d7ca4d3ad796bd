package io.gradus.export;

import io.gradus.error.GradusException;
import io.gradus.table.TableSpec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL schema, loaded by COPY in one transaction. Rows are deleted and inserted, never
 * truncated: readers see the old run until the commit and are not blocked, views and rights stay.
 */
final class PostgresTransfer extends SqlTransfer {
  private static final int BUFFER = 1 << 20;
  private static final String LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('gradus_export'))";

  private final WorkFolder work;
  private final Connection connection;

  private PostgresTransfer(Destination destination, WorkFolder work) {
    super(destination, SqlNames.POSTGRES);
    this.work = work;
    this.connection = doing("Connecting", () -> connect(destination));
  }

  /**
   * Opens a transfer.
   *
   * @param scratch folder for staged files
   * @throws GradusException (storage) when the server cannot be reached or refuses; (lock) when
   *     another export into the database is running
   */
  static PostgresTransfer open(Destination destination, Path scratch) {
    WorkFolder work = WorkFolder.in(scratch, "gradus-export-");
    try {
      PostgresTransfer transfer = new PostgresTransfer(destination, work);
      transfer.begin();
      return transfer;
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  private static Connection connect(Destination destination) throws SQLException {
    Properties properties = destination.properties();
    properties.setProperty("ApplicationName", "gradus export");
    Connection opened = new Driver().connect(destination.url(), properties);
    if (opened == null) {
      throw new SQLException("the URL is malformed");
    }
    opened.setAutoCommit(false);
    return opened;
  }

  private void begin() {
    try {
      if (!ask(LOCK).equals("t")) {
        throw GradusException.lockHeld("Another export into " + name() + " is running.");
      }
      if (ask("SELECT current_schema()").isEmpty()) {
        throw GradusException.usage(
            name() + ": the schema of currentSchema does not exist; create it first");
      }
      readRecords();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private String ask(String query) {
    return doing(
        "Asking",
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return Objects.requireNonNullElse(rows.getString(1), "");
          }
        });
  }

  @Override
  Connection connection() {
    return connection;
  }

  @Override
  public Path staging() {
    return work.path();
  }

  @Override
  public Optional<CsvLine> line() {
    return Optional.of(CsvLine.POSTGRES);
  }

  @Override
  public void load(TableSpec table, Change change, List<Path> files) {
    boolean anew = !fits(table);
    if (anew) {
      create(table);
    } else if (change.everything()) {
      execute("Emptying " + table.name(), "DELETE FROM " + SqlNames.quoted(table.name()));
    } else {
      delete(table, change.obsolete());
    }
    for (Path file : files) {
      copy(table, file);
    }
    if (anew) {
      addKeys(table, lookups(table));
    }
    addComments(table);
    execute("Analysing " + table.name(), "ANALYZE " + SqlNames.quoted(table.name()));
  }

  private void copy(TableSpec table, Path file) {
    String sql =
        "COPY "
            + SqlNames.quoted(table.name())
            + " ("
            + SqlNames.columns(table)
            + ") FROM STDIN WITH (FORMAT csv, ENCODING 'UTF8')";
    doing(
        "Loading " + table.name(),
        () -> {
          try (InputStream rows = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows, BUFFER);
          } catch (IOException e) {
            throw GradusException.storage(file + ": cannot be read", e);
          }
        });
  }

  @Override
  public void publish(List<ExportRecord> records) {
    write(records);
    doing(
        "Committing",
        () -> {
          connection.commit();
          return true;
        });
  }

  /** Closing without a commit takes everything back. */
  @Override
  public void close() {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw GradusException.storage("Closing the connection to " + name() + " failed", e);
    } finally {
      work.close();
    }
  }
}
