package io.gradus.export;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DecimalType;

/** What both databases have in common: bookkeeping, deletes, totals, comments and keys. */
abstract class SqlTransfer implements Transfer {
  private static final TableSpec RECORDS = ExportRecord.TABLE;

  private final Destination destination;
  private final SqlNames names;
  private final Map<String, String> contracts = new TreeMap<>();

  SqlTransfer(Destination destination, SqlNames names) {
    this.destination = destination;
    this.names = names;
  }

  abstract Connection connection();

  @Override
  public String name() {
    return destination.shown();
  }

  /** Something that a database may refuse. */
  interface Work<T> {
    T run() throws SQLException;
  }

  final <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw GradusException.storage(
          what + " at " + name() + " failed: " + destination.redacted(e.getMessage()), e);
    }
  }

  final void execute(String what, String... statements) {
    doing(
        what,
        () -> {
          try (Statement statement = connection().createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
          return true;
        });
  }

  final void execute(String what, Collection<String> statements) {
    execute(what, statements.toArray(String[]::new));
  }

  /** Reads what earlier exports left; call once, when connected. */
  final void readRecords() {
    if (exists(RECORDS)) {
      doing(
          "Reading " + RECORDS.name(),
          () -> {
            try (Statement statement = connection().createStatement();
                ResultSet rows =
                    statement.executeQuery(
                        "SELECT table_name, contract FROM " + SqlNames.quoted(RECORDS.name()))) {
              while (rows.next()) {
                contracts.put(rows.getString(1), rows.getString(2));
              }
            }
            return true;
          });
    }
  }

  @Override
  public Set<String> tables() {
    return new TreeSet<>(contracts.keySet());
  }

  @Override
  public Map<String, Long> runs(TableSpec table) {
    Map<String, Long> runs = new TreeMap<>();
    if (!ours(table) && exists(table)) {
      throw GradusException.usage(
          name()
              + " has a table "
              + table.name()
              + " that no export made. Rename it, or export into another schema or database.");
    }
    if (!fits(table)) {
      return runs;
    }
    return doing(
        "Reading " + table.name(),
        () -> {
          try (Statement statement = connection().createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "SELECT run_id, count(*) FROM "
                          + SqlNames.quoted(table.name())
                          + " GROUP BY run_id")) {
            while (rows.next()) {
              runs.put(rows.getString(1), rows.getLong(2));
            }
          }
          return runs;
        });
  }

  /** Whether an earlier export made the table. */
  final boolean ours(TableSpec table) {
    return contracts.containsKey(table.name());
  }

  /** Whether the target's table has today's columns. */
  final boolean fits(TableSpec table) {
    return ExportRecord.contractOf(table).equals(contracts.get(table.name())) && exists(table);
  }

  final boolean exists(TableSpec table) {
    return doing(
        "Looking for " + table.name(),
        () -> {
          try (PreparedStatement query =
              connection()
                  .prepareStatement(
                      "SELECT count(*) FROM information_schema.tables WHERE table_schema ="
                          + " current_schema() AND table_name = ?")) {
            query.setString(1, table.name());
            try (ResultSet rows = query.executeQuery()) {
              return rows.next() && rows.getLong(1) > 0;
            }
          }
        });
  }

  /** Makes the table anew, without keys. */
  final void create(TableSpec table) {
    execute(
        "Creating " + table.name(),
        "DROP TABLE IF EXISTS " + SqlNames.quoted(table.name()),
        names.create(table));
  }

  final void addKeys(TableSpec table, List<String> lookups) {
    execute("Indexing " + table.name(), names.keys(table, lookups));
  }

  final void addComments(TableSpec table) {
    // One round trip for all columns.
    execute("Describing " + table.name(), String.join(";\n", names.comments(table)));
  }

  final void delete(TableSpec table, Set<String> runs) {
    if (!runs.isEmpty()) {
      execute(
          "Deleting from " + table.name(),
          "DELETE FROM " + SqlNames.quoted(table.name()) + where(runs));
    }
  }

  private static String where(Set<String> runs) {
    return runs.stream()
        .sorted()
        .map(SqlNames::literal)
        .collect(Collectors.joining(", ", " WHERE run_id IN (", ")"));
  }

  @Override
  public Totals received(TableSpec table, Change change) {
    List<String> decimals =
        table.columns().stream()
            .filter(column -> column.type() instanceof DecimalType)
            .map(ColumnSpec::name)
            .toList();
    String sums =
        decimals.stream()
            .map(column -> ", coalesce(sum(" + SqlNames.quoted(column) + "), 0)")
            .collect(Collectors.joining());
    String rows = change.everything() ? "" : where(change.missing());
    return doing(
        "Verifying " + table.name(),
        () -> {
          try (Statement statement = connection().createStatement();
              ResultSet found =
                  statement.executeQuery(
                      "SELECT count(*)" + sums + " FROM " + SqlNames.quoted(table.name()) + rows)) {
            found.next();
            Map<String, BigDecimal> values = new TreeMap<>();
            for (int i = 0; i < decimals.size(); i++) {
              values.put(decimals.get(i), found.getBigDecimal(i + 2));
            }
            return new Totals(found.getLong(1), values);
          }
        });
  }

  /** Replaces the bookkeeping. */
  final void write(List<ExportRecord> records) {
    if (!exists(RECORDS)) {
      create(RECORDS);
      addKeys(RECORDS, List.of());
      addComments(RECORDS);
    }
    String table = SqlNames.quoted(RECORDS.name());
    execute("Writing " + RECORDS.name(), "DELETE FROM " + table);
    doing(
        "Writing " + RECORDS.name(),
        () -> {
          try (PreparedStatement insert =
              connection().prepareStatement("INSERT INTO " + table + " VALUES (?,?,?,?,?,?,?)")) {
            for (ExportRecord row : records) {
              List<Object> values = row.values();
              for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                insert.setObject(
                    i + 1, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
              }
              insert.executeUpdate();
            }
          }
          return true;
        });
  }

  /** The columns by which tables are looked up beside their key. */
  static List<String> lookups(TableSpec table) {
    boolean history = table.keys().contains(Columns.CUSTOMER_ID);
    boolean leads = table.keys().get(0).equals(Columns.CUSTOMER_ID);
    return history && !leads ? List.of(Columns.CUSTOMER_ID) : List.of();
  }
}
