package io.gradus.export;

import io.gradus.error.GradusException;
import io.gradus.table.TableSpec;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB file. A copy is brought up to date beside it and then takes its name in one step, so
 * that programs that have the old file open go on reading the old run. Tables and views of others
 * in the file stay.
 */
final class DuckDbTransfer extends SqlTransfer {
  private final Path file;
  private final WorkFolder work;
  private final Path copy;
  private final Connection connection;

  private DuckDbTransfer(Destination destination, Path file, WorkFolder work) {
    super(destination, SqlNames.DUCKDB);
    this.file = file;
    this.work = work;
    this.copy = work.path().resolve("copy.duckdb");
    this.connection = doing("Opening", this::connect);
  }

  /**
   * Opens a transfer.
   *
   * @throws GradusException (usage) for a name that is no file; (storage) when the file is no
   *     database or has changes that another program is still writing
   */
  static DuckDbTransfer open(Destination destination) {
    if (destination.file().isBlank() || destination.file().startsWith(":")) {
      throw GradusException.usage("--to jdbc:duckdb: needs the name of a file");
    }
    Path file = Path.of(destination.file()).toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw GradusException.usage(file + " is a folder; --to jdbc:duckdb: needs a file");
    }
    if (Files.exists(file.resolveSibling(file.getFileName() + ".wal"))) {
      throw GradusException.storage(
          file + " is open for writing elsewhere (a .wal lies beside it). Close that program.");
    }
    WorkFolder work = WorkFolder.beside(file);
    try {
      DuckDbTransfer transfer = new DuckDbTransfer(destination, file, work);
      transfer.readRecords();
      return transfer;
    } catch (RuntimeException e) {
      work.close();
      throw e;
    }
  }

  private Connection connect() throws SQLException {
    try {
      if (Files.exists(file)) {
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw GradusException.storage(file + ": cannot be copied", e);
    }
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", "2GB");
    settings.setProperty("temp_directory", work.path().resolve("spill").toString());
    settings.setProperty("preserve_insertion_order", "false");
    Connection opened = new DuckDBDriver().connect("jdbc:duckdb:" + copy, settings);
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
    // Each statement of its own would wait for the disk.
    opened.setAutoCommit(false);
    return opened;
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
    return Optional.empty();
  }

  @Override
  public boolean onlyReads() {
    return true;
  }

  @Override
  public void load(TableSpec table, Change change, List<Path> files) {
    boolean anew = change.everything();
    if (anew) {
      create(table);
    } else {
      delete(table, change.obsolete());
    }
    if (!files.isEmpty()) {
      String list =
          files.stream().map(f -> SqlNames.literal(f.toString())).collect(Collectors.joining(", "));
      execute(
          "Loading " + table.name(),
          "INSERT INTO "
              + SqlNames.quoted(table.name())
              + " SELECT "
              + SqlNames.columns(table)
              + " FROM read_parquet(["
              + list
              + "])");
    }
    if (anew) {
      addKeys(table, lookups(table));
    }
    addComments(table);
  }

  @Override
  public void publish(List<ExportRecord> records) {
    write(records);
    doing(
        "Closing",
        () -> {
          connection.commit();
          connection.setAutoCommit(true);
          try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
          }
          connection.close();
          return true;
        });
    try {
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw GradusException.storage(file + ": its file system cannot rename in one step", e);
    } catch (IOException e) {
      throw GradusException.storage(file + ": cannot be replaced", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw GradusException.storage("Closing " + name() + " failed", e);
    } finally {
      work.close();
    }
  }
}
