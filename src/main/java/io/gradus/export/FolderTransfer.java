package io.gradus.export;

import io.gradus.error.GradusException;
import io.gradus.table.TableSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of plain files, written anew beside the old one and renamed when complete: {@code
 * TABLE.csv}, or {@code TABLE/part-….parquet}, and {@code gradus_export.csv} that names the run.
 */
final class FolderTransfer implements Transfer {
  private static final String RECORDS = ExportRecord.TABLE.name() + ".csv";

  private final Path folder;
  private final boolean csv;
  private final WorkFolder work;
  private final Path fresh;

  private FolderTransfer(Path folder, boolean csv, WorkFolder work) {
    this.folder = folder;
    this.csv = csv;
    this.work = work;
    this.fresh = work.path().resolve("new");
  }

  /**
   * Opens a transfer.
   *
   * @throws GradusException (usage) when the folder holds something that no export wrote
   */
  static FolderTransfer open(Path target, boolean csv) {
    Path folder = target.toAbsolutePath().normalize();
    if (Files.exists(folder) && !Files.exists(folder.resolve(RECORDS)) && !isEmpty(folder)) {
      throw GradusException.usage(
          folder + " holds files that no export wrote; name a new or empty folder");
    }
    WorkFolder work = WorkFolder.beside(folder);
    FolderTransfer transfer = new FolderTransfer(folder, csv, work);
    try {
      Files.createDirectory(transfer.fresh);
    } catch (IOException e) {
      work.close();
      throw GradusException.storage(folder + ": cannot be written", e);
    }
    return transfer;
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw GradusException.usage(folder + " is no folder that can be listed");
    }
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public Path staging() {
    return work.path();
  }

  @Override
  public Optional<CsvLine> line() {
    return csv ? Optional.of(CsvLine.SPREADSHEET) : Optional.empty();
  }

  @Override
  public Set<String> tables() {
    Path records = folder.resolve(RECORDS);
    if (!Files.exists(records)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(records)) {
      return lines
          .skip(1)
          .map(line -> line.split(",", 2)[0])
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw GradusException.storage(records + ": cannot be read", e);
    }
  }

  @Override
  public Map<String, Long> runs(TableSpec table) {
    return Map.of();
  }

  @Override
  public void load(TableSpec table, Change change, List<Path> files) {
    try {
      if (csv) {
        join(table, files);
      } else {
        Path own = Files.createDirectory(fresh.resolve(table.name()));
        for (int i = 0; i < files.size(); i++) {
          Files.move(files.get(i), own.resolve("part-%05d.parquet".formatted(i)));
        }
      }
    } catch (IOException e) {
      throw GradusException.storage(folder + ": " + table.name() + " cannot be written", e);
    }
  }

  /** The lines of all files below one header, copied by the kernel. */
  private void join(TableSpec table, List<Path> files) throws IOException {
    try (FileChannel out =
        FileChannel.open(csvOf(table), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      String header = CsvLine.SPREADSHEET.header(table) + CsvLine.SPREADSHEET.end();
      out.write(StandardCharsets.UTF_8.encode(header));
      for (Path file : files) {
        try (FileChannel in = FileChannel.open(file)) {
          long done = 0;
          while (done < in.size()) {
            done += in.transferTo(done, in.size() - done, out);
          }
        }
      }
    }
  }

  private Path csvOf(TableSpec table) {
    return fresh.resolve(table.name() + ".csv");
  }

  /** The Parquet files of a table as they will be published. */
  @Override
  public List<Path> written(TableSpec table) {
    if (csv) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(fresh.resolve(table.name()))) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw GradusException.storage(folder + ": cannot be listed", e);
    }
  }

  /** Reads the CSV file back, byte by byte. */
  @Override
  public Totals received(TableSpec table, Change change) {
    try {
      return CsvTotals.of(csvOf(table), table);
    } catch (IOException e) {
      throw GradusException.storage(csvOf(table) + ": cannot be read back", e);
    }
  }

  @Override
  public void publish(List<ExportRecord> records) {
    Path old = work.path().resolve("old");
    try {
      write(records);
      boolean replaces = Files.exists(folder);
      if (replaces) {
        Files.move(folder, old);
      }
      try {
        Files.move(fresh, folder);
      } catch (IOException e) {
        if (replaces) {
          Files.move(old, folder);
        }
        throw e;
      }
    } catch (IOException e) {
      throw GradusException.storage(folder + ": cannot be replaced", e);
    }
  }

  private void write(List<ExportRecord> records) throws IOException {
    try (OutputStream out = Files.newOutputStream(fresh.resolve(RECORDS))) {
      String end = CsvLine.SPREADSHEET.end();
      StringBuilder text = new StringBuilder(CsvLine.SPREADSHEET.header(ExportRecord.TABLE));
      text.append(end);
      for (ExportRecord row : records) {
        text.append(row.values().stream().map(String::valueOf).collect(Collectors.joining(",")));
        text.append(end);
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    work.close();
  }
}
