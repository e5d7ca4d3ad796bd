package io.gradus.job;

import io.gradus.config.ColumnMapping;
import io.gradus.config.TransactionSource;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.lake.InputFile;
import io.gradus.lake.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Mapped columns that not every file has. A required one is refused when its file is mapped; an
 * optional one is unknown in the files without it, and refused when no file has it.
 */
final class OptionalColumns {
  private OptionalColumns() {}

  /**
   * The optional columns that some files lack: our column name → those files.
   *
   * @throws GradusException (input) for a mapped column that no file has, with the nearest name
   */
  static Map<String, List<InputFile>> missing(TransactionSource source, Manifest manifest) {
    Map<String, List<InputFile>> missing = new LinkedHashMap<>();
    for (Map.Entry<String, ColumnMapping> column : source.columns().entrySet()) {
      String wanted = column.getValue().text();
      if (column.getValue().expression() || source.isRequired(column.getKey())) {
        continue;
      }
      List<InputFile> without =
          manifest.files().stream().filter(file -> !has(file, wanted)).toList();
      if (!without.isEmpty() && without.size() == manifest.files().size()) {
        throw refusal(column.getKey(), wanted, manifest);
      }
      if (!without.isEmpty()) {
        missing.put(column.getKey(), without);
      }
    }
    return missing;
  }

  /** Columns that no mapping and no exclusion uses: name → number of files that have it. */
  static Map<String, Integer> unmapped(TransactionSource source, Manifest manifest) {
    Map<String, Integer> files = new TreeMap<>();
    manifest
        .files()
        .forEach(
            file ->
                Arrays.stream(file.schema().fieldNames())
                    .forEach(name -> files.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum)));
    List<String> expressions = new ArrayList<>(source.exclude().values());
    source
        .columns()
        .values()
        .forEach(
            mapping -> {
              if (mapping.expression()) {
                expressions.add(mapping.text());
              } else {
                files.remove(mapping.text().toLowerCase(Locale.ROOT));
              }
            });
    files.keySet().removeIf(name -> expressions.stream().anyMatch(text -> uses(text, name)));
    return files;
  }

  /** Whether an expression has the column's name as a word. */
  private static boolean uses(String expression, String column) {
    String word = "(?<![\\w.])" + Pattern.quote(column) + "(?!\\w)";
    return Pattern.compile(word, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(expression)
        .find();
  }

  /** Refuses a mapped column that no file has. */
  static void requireSomewhere(TransactionSource source, Manifest manifest) {
    missing(source, manifest);
  }

  private static boolean has(InputFile file, String wanted) {
    return Arrays.stream(file.schema().fieldNames())
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)));
  }

  private static GradusException refusal(String name, String wanted, Manifest manifest) {
    TreeSet<String> present = new TreeSet<>();
    manifest.files().forEach(file -> present.addAll(List.of(file.schema().fieldNames())));
    String near = YamlReader.nearest(wanted, present);
    return GradusException.input(
        "sources.transactions.columns."
            + name
            + ": the source has no column '"
            + wanted
            + "'"
            + (near == null
                ? "; its columns are " + String.join(", ", present)
                : "; did you mean '" + near + "'?"));
  }
}
