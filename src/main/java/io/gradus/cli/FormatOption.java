package io.gradus.cli;

import io.gradus.report.TextTable;
import picocli.CommandLine.Option;

/** How a command prints its rows. */
final class FormatOption {
  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, csv or json (default: ${DEFAULT-VALUE}).")
  TextTable.Format format = TextTable.Format.TABLE;
}
