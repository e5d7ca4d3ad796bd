package io.gradus.lake;

import java.util.List;

/**
 * How a source's folder is listed.
 *
 * @param allowEmpty whether a folder without data files is an empty delivery instead of a failure
 * @param recursive whether files in sub-folders belong to the source; folder names such as {@code
 *     month=2026-01} never become columns
 * @param roots the folders a source may lie in; empty means anywhere
 */
public record InputOptions(boolean allowEmpty, boolean recursive, List<String> roots) {
  public InputOptions {
    roots = List.copyOf(roots);
  }

  /** One flat folder, or one file, with at least one data file, anywhere. */
  public static InputOptions standard() {
    return new InputOptions(false, false, List.of());
  }
}
