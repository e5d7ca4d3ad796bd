package io.gradus.sql;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The questions of the jar. */
public final class Questions {
  private static final String FOLDER = "questions/";

  private Questions() {}

  /** Every question, in the order in which people should meet them. */
  public static List<Question> all() {
    return text("index").lines().map(name -> Question.parse(name, text(name + ".sql"))).toList();
  }

  /**
   * The question of a name.
   *
   * @throws GradusException (usage) when there is none
   */
  public static Question named(String name) {
    return all().stream()
        .filter(question -> question.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GradusException.usage(
                    "there is no question '" + name + "'; gradus sql --questions lists them"));
  }

  private static String text(String file) {
    try (InputStream bytes = Questions.class.getResourceAsStream(FOLDER + file)) {
      if (bytes == null) {
        throw new IllegalStateException("the jar has no " + FOLDER + file);
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
