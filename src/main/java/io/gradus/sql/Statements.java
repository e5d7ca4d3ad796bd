package io.gradus.sql;

import java.util.ArrayList;
import java.util.List;

/** Text as it is typed, split at the semicolons that end statements; comments are left out. */
public final class Statements {
  private final List<String> complete = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private char quote;
  private boolean comment;

  /**
   * Adds text.
   *
   * @return the statements that are complete now, without their semicolon
   */
  public List<String> add(String text) {
    complete.clear();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean dashes = c == '-' && i + 1 < text.length() && text.charAt(i + 1) == '-';
      accept(c, dashes);
    }
    return List.copyOf(complete);
  }

  private void accept(char c, boolean startsComment) {
    if (comment) {
      comment = c != '\n';
    } else if (quote != 0) {
      quote = c == quote ? 0 : quote;
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (startsComment) {
      comment = true;
    } else if (c == ';') {
      String statement = open.toString().strip();
      open.setLength(0);
      if (!statement.isEmpty()) {
        complete.add(statement);
      }
      return;
    }
    if (!comment) {
      open.append(c);
    }
  }

  /** The text after the last semicolon; empty when it is blank. */
  public String rest() {
    return open.toString().strip();
  }

  /** Forgets an unfinished statement. */
  public void clear() {
    open.setLength(0);
    quote = 0;
    comment = false;
  }
}
