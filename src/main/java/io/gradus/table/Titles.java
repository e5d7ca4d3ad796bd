package io.gradus.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gradus.table.TableSpec.ColumnSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What people call tables and columns, in English and Chinese: the resource {@code titles.yaml}.
 */
public final class Titles {
  private static final String RESOURCE = "titles.yaml";
  private static final Titles STANDARD = read();

  private final Map<String, Title> tables;
  private final Map<String, Title> columns;

  /**
   * A title.
   *
   * @param en English
   * @param zh Chinese
   * @param unit what a number counts, {@code money} in the row's currency; null where there is none
   * @param example a value as it is stored; null where none helps
   */
  public record Title(String en, String zh, @Nullable String unit, @Nullable String example) {}

  private record Document(Map<String, Title> tables, Map<String, Title> columns) {}

  private Titles(Document document) {
    tables = Map.copyOf(document.tables());
    columns = Map.copyOf(document.columns());
  }

  /** The titles of all tables. */
  public static Titles standard() {
    return STANDARD;
  }

  /**
   * The title of a table.
   *
   * @throws IllegalArgumentException when it has none
   */
  public Title table(TableSpec table) {
    return found(tables.get(table.name()), table.name());
  }

  /**
   * The title of a column, the one for this table first.
   *
   * @throws IllegalArgumentException when it has none
   */
  public Title column(TableSpec table, ColumnSpec column) {
    Title own = columns.get(table.name() + "." + column.name());
    return own != null ? own : found(columns.get(column.name()), column.name());
  }

  /** Every name that has a title: tables, columns, and {@code table.column}. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(tables.keySet());
    names.addAll(columns.keySet());
    return names;
  }

  private static Title found(@Nullable Title title, String name) {
    if (title == null) {
      throw new IllegalArgumentException(name + " has no title in " + RESOURCE);
    }
    return title;
  }

  private static Titles read() {
    ObjectMapper yaml = new YAMLMapper();
    try (InputStream text = Titles.class.getResourceAsStream(RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException("the jar has no " + RESOURCE);
      }
      return new Titles(yaml.readValue(text, Document.class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
