package io.gradus.grade;

import java.io.Serializable;

/**
 * A text for people in the two languages of the product.
 *
 * @param en English; required
 * @param zh Chinese; the English text when absent
 */
public record Label(String en, String zh) implements Serializable {
  public Label {
    if (en == null || en.isBlank()) {
      throw new IllegalArgumentException("the English text 'en' is missing");
    }
    zh = zh == null || zh.isBlank() ? en : zh;
  }
}
