package io.gradus.cli;

import picocli.CommandLine.Option;

/** The one option of commands that only read. */
final class LakeOption {
  @Option(
      names = "--lake",
      paramLabel = "DIR",
      defaultValue = "lake",
      description = "Folder or URI of the lake (default: ${DEFAULT-VALUE}).")
  private String lake = "lake";

  String path() {
    return lake;
  }
}
