package io.gradus.grade;

import io.gradus.config.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Policies for tests. */
final class Policies {
  private static final String TWO_BY_TWO =
      """
      name: test
      version: 1
      grades: [{code: A}, {code: B}, {code: C}]
      dimensions:
        value:
          weight: 0.6
          indicators:
            - {column: spend_365d, weight: 0.5, lower: 0, upper: 1000, transform: linear}
            - {column: purchases_365d, weight: 0.5, lower: 0, upper: 10, transform: linear}
        potential:
          weight: 0.4
          indicators:
            - {column: growth, weight: 1, lower: -0.5, upper: 0.5}
      grade_by: %s
      matrix:
        rows: {dimension: value, levels: [{name: high, from: 50}, {name: low, from: 0}]}
        columns: {dimension: potential, levels: [{name: high, from: 50}, {name: low, from: 0}]}
        cells:
          - {row: high, column: high, grade: A, name: {en: Stars, zh: 明星}}
          - {row: high, column: low, grade: B, name: {en: Pillars, zh: 支柱}}
          - {row: low, column: high, grade: B, name: {en: Rising, zh: 上升}}
          - {row: low, column: low, grade: C, name: {en: Basic, zh: 基础}}
      score:
        grades: [{name: A, from: 70}, {name: B, from: 40}, {name: C, from: 0}]
      """;

  private Policies() {}

  /** Two dimensions, three indicators with limits that make hand calculation easy. */
  static Policy small(String gradeBy) {
    return YamlReader.read("test.yaml", text(gradeBy), Map.of(), Policy.class);
  }

  static String text(String gradeBy) {
    return TWO_BY_TWO.formatted(gradeBy);
  }

  /** A policy shipped with the project. */
  static Policy shipped(String file) {
    return PolicyReader.read("jobs/" + file, Policies::readFile, Map.of());
  }

  static String readFile(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
