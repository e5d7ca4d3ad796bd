package io.gradus.report;

import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.List;
import java.util.TreeMap;

/** The data dictionary page, written from the table contracts alone. */
public final class DataDictionary {
  private DataDictionary() {}

  /** The page in Markdown, ending with a newline. */
  public static String of(List<TableSpec> tables) {
    StringBuilder page = new StringBuilder();
    page.append("# Data dictionary\n\n")
        .append(
            "Written from the table contracts in `io.gradus.table`; a test fails when it is stale."
                + " ")
        .append(
            "Money is DECIMAL(18,2) in the row's currency, NULL means unknown, 0 a known zero, ")
        .append("scores run from 0 to 100 and probabilities from 0 to 1 unless said otherwise. ")
        .append("`run_id` and `snapshot_date` say which run wrote a row and what it knew.\n");
    for (TableSpec table : tables) {
      table(page, table);
    }
    return page.toString();
  }

  private static void table(StringBuilder page, TableSpec table) {
    page.append("\n## ").append(table.layer()).append('.').append(table.name()).append("\n\n");
    page.append(table.comment()).append(". Grain: ").append(table.grain());
    page.append(". Key: `").append(String.join("`, `", table.keys())).append("`.\n\n");
    page.append("| column | type | null | meaning |\n|---|---|---|---|\n");
    for (ColumnSpec column : table.columns()) {
      page.append("| `")
          .append(column.name())
          .append("` | ")
          .append(column.type().simpleString())
          .append(" | ")
          .append(column.nullable() ? "yes" : "no")
          .append(" | ")
          .append(column.comment().replace("|", "\\|"))
          .append(" |\n");
    }
    new TreeMap<>(table.checks())
        .forEach(
            (name, rule) ->
                page.append("\nConstraint `")
                    .append(name)
                    .append("`: `")
                    .append(rule)
                    .append("`\n"));
  }
}
