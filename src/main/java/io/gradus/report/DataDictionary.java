package io.gradus.report;

import io.gradus.table.References;
import io.gradus.table.References.Reference;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import io.gradus.table.Titles;
import io.gradus.table.Titles.Title;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The data dictionary page, written from the table contracts alone. */
public final class DataDictionary {
  private DataDictionary() {}

  /** The page in Markdown, ending with a newline. */
  public static String of(List<TableSpec> tables, Titles titles) {
    StringBuilder page = new StringBuilder();
    page.append("# Data dictionary\n\n")
        .append(
            "Written from the table contracts in `io.gradus.table`; a test fails when it is stale. ")
        .append(
            "Money is DECIMAL(18,2) in the row's currency, NULL means unknown, 0 a known zero, ")
        .append("scores run from 0 to 100 and probabilities from 0 to 1 unless said otherwise. ")
        .append("`run_id` and `snapshot_date` say which run wrote a row and what it knew. ")
        .append("Keys are unique and references find their row in every publication. ")
        .append("Examples are invented.\n\n");
    contents(page, tables, titles);
    for (TableSpec table : tables) {
      table(page, table, titles);
    }
    return page.toString();
  }

  private static void contents(StringBuilder page, List<TableSpec> tables, Titles titles) {
    row(page, "table", "title", "标题", "one row per");
    row(page, "---", "---", "---", "---");
    for (TableSpec table : tables) {
      String name = name(table);
      Title title = titles.table(table);
      row(
          page,
          "[" + name + "](#" + name.replace(".", "") + ")",
          title.en(),
          title.zh(),
          table.grain().replaceFirst("^one row per ", ""));
    }
  }

  private static void table(StringBuilder page, TableSpec table, Titles titles) {
    Title title = titles.table(table);
    page.append("\n## ").append(name(table)).append("\n\n");
    page.append("**").append(title.en()).append(" · ").append(title.zh()).append("** ");
    page.append(table.comment().replaceFirst("\\.$", "")).append(". Grain: ").append(table.grain());
    String key = table.keys().isEmpty() ? "none" : code(table.keys());
    page.append(". Key: ").append(key).append(".\n\n");
    row(page, "column", "title", "标题", "type", "unit", "NULL", "meaning", "example");
    row(page, "---", "---", "---", "---", "---", "---", "---", "---");
    for (ColumnSpec column : table.columns()) {
      Title named = titles.column(table, column);
      row(
          page,
          code(List.of(column.name())),
          named.en(),
          named.zh(),
          column.type().simpleString(),
          Objects.requireNonNullElse(named.unit(), ""),
          whenNull(column),
          column.comment().replaceFirst("; NULL .*", ""),
          named.example() == null ? "" : code(List.of(named.example())));
    }
    new TreeMap<>(table.checks())
        .forEach(
            (name, rule) ->
                page.append("\nConstraint `")
                    .append(name)
                    .append("`: `")
                    .append(rule)
                    .append("`\n"));
    for (Reference reference : References.from(table)) {
      page.append("\nReference: ")
          .append(code(reference.columns()))
          .append(" to ")
          .append(name(reference.to()))
          .append("\n");
    }
  }

  /** What NULL stands for in the column; a comment says it when it is more than "unknown". */
  private static String whenNull(ColumnSpec column) {
    if (!column.nullable()) {
      return "never";
    }
    int at = column.comment().indexOf("; NULL ");
    return at < 0 ? "unknown" : column.comment().substring(at + "; NULL ".length());
  }

  private static String name(TableSpec table) {
    return table.layer() + "." + table.name();
  }

  private static String code(List<String> names) {
    return "`" + String.join("`, `", names) + "`";
  }

  private static void row(StringBuilder page, String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    page.append('\n');
  }
}
