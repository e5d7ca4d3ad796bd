package io.gradus.lake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.types.StructType;

/**
 * The exact input of a run: which files are read, which are not and why.
 *
 * @param source the path that was planned
 * @param files the files to read, sorted by path
 * @param duplicates files with the same bytes as one of {@code files}; their rows are counted, not
 *     read
 * @param ignored hidden entries (names that begin with {@code _} or {@code .}), full paths, sorted
 */
public record Manifest(
    String source, List<InputFile> files, List<InputFile> duplicates, List<String> ignored) {
  public Manifest {
    files = List.copyOf(files);
    duplicates = List.copyOf(duplicates);
    ignored = List.copyOf(ignored);
  }

  /** The rows that reading {@link #files} must give. */
  public long rows() {
    return files.stream().mapToLong(InputFile::rows).sum();
  }

  /** The base names of the files to read. */
  public List<String> names() {
    return files.stream().map(InputFile::name).toList();
  }

  /** The rows of files delivered a second time. */
  public long duplicateRows() {
    return duplicates.stream().mapToLong(InputFile::rows).sum();
  }

  /** The bytes that are read. */
  public long sizeBytes() {
    return files.stream().mapToLong(InputFile::sizeBytes).sum();
  }

  /**
   * A hash of what is read: base names and contents. It ignores where the folder lies, times and
   * order, so a copied or touched delivery is the same input.
   */
  public String hash() {
    return DigestUtils.sha256Hex(
        files.stream()
            .map(file -> file.contentHash() + " " + file.name() + "\n")
            .sorted()
            .collect(Collectors.joining()));
  }

  /** The files to read grouped by equal schema, in path order of each group's first file. */
  public Map<StructType, List<InputFile>> bySchema() {
    Map<StructType, List<InputFile>> groups = new LinkedHashMap<>();
    for (InputFile file : files) {
      groups.computeIfAbsent(file.schema(), schema -> new java.util.ArrayList<>()).add(file);
    }
    return groups;
  }

  /** The files that are not in an earlier manifest with the same name and content. */
  public List<InputFile> newSince(Manifest earlier) {
    var known =
        earlier.files().stream()
            .map(file -> file.contentHash() + file.name())
            .collect(Collectors.toSet());
    return files.stream()
        .filter(file -> !known.contains(file.contentHash() + file.name()))
        .toList();
  }

  /** The same delivery restricted to some of its files. */
  public Manifest only(List<InputFile> selected) {
    return new Manifest(source, Objects.requireNonNull(selected), List.of(), ignored);
  }
}
