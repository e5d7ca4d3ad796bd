package io.gradus.export;

import io.gradus.table.TableSpec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DecimalType;

/** Counts the records of a CSV file by RFC 4180 and sums its decimal columns, in one pass. */
final class CsvTotals {
  private static final int BUFFER = 1 << 16;

  private final boolean[] decimal;
  private final BigDecimal[] sums;
  private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
  private long records = -1;
  private int column;
  private boolean quoted;

  private CsvTotals(TableSpec table) {
    int columns = table.columns().size();
    decimal = new boolean[columns];
    sums = new BigDecimal[columns];
    for (int i = 0; i < columns; i++) {
      decimal[i] = table.columns().get(i).type() instanceof DecimalType;
      sums[i] = BigDecimal.ZERO;
    }
  }

  /**
   * Reads a file whose first record names the table's columns.
   *
   * @throws IOException also for a record with another number of cells
   */
  static Totals of(Path file, TableSpec table) throws IOException {
    CsvTotals totals = new CsvTotals(table);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        totals.accept(b);
      }
    }
    Map<String, BigDecimal> byName = new TreeMap<>();
    for (int i = 0; i < totals.sums.length; i++) {
      if (totals.decimal[i]) {
        byName.put(table.columns().get(i).name(), totals.sums[i]);
      }
    }
    return new Totals(totals.records, byName);
  }

  private void accept(int b) throws IOException {
    if (b == '"') {
      // A doubled quote closes and opens again.
      quoted = !quoted;
    } else if (b == ',' && !quoted) {
      endCell();
      column++;
    } else if (b == '\n' && !quoted) {
      endCell();
      endRecord();
    } else if (records >= 0 && column < decimal.length && decimal[column] && b != '\r') {
      cell.write(b);
    }
  }

  private void endCell() {
    if (cell.size() > 0) {
      sums[column] = sums[column].add(new BigDecimal(cell.toString(StandardCharsets.US_ASCII)));
      cell.reset();
    }
  }

  private void endRecord() throws IOException {
    if (column != sums.length - 1) {
      throw new IOException("record " + (records + 1) + " has " + (column + 1) + " cells");
    }
    records++;
    column = 0;
  }
}
