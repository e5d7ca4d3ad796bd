package io.gradus.export;

import io.gradus.error.GradusException;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database that takes an export.
 *
 * @param url its JDBC URL; never holds a password
 * @param user the account; null leaves it to the URL or the driver
 * @param password the account's password; null for none
 */
public record Destination(String url, @Nullable String user, @Nullable String password) {
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("[?&;](password|passwd|pwd|sslpassword)=", Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO = Pattern.compile("//[^/?]*@");
  private static final String DUCKDB = "jdbc:duckdb:";
  private static final String POSTGRES = "jdbc:postgresql:";

  /**
   * Checks the URL.
   *
   * @throws GradusException (usage) for a password in it or an unknown database; the message never
   *     repeats the URL
   */
  public Destination {
    String start = url.toLowerCase(Locale.ROOT);
    if (SECRET_PARAMETER.matcher(url).find()
        || (!start.startsWith(DUCKDB) && USER_INFO.matcher(url).find())) {
      throw GradusException.usage(
          "--to holds a password or an account: others on this machine can read it. Use --user and"
              + " --password-env NAME or --password-file FILE.");
    }
    if (!start.startsWith(DUCKDB) && !start.startsWith(POSTGRES)) {
      throw GradusException.usage(
          "--to is no database Gradus knows; write "
              + DUCKDB
              + "FILE or "
              + POSTGRES
              + "//HOST/DB");
    }
  }

  boolean isDuckDb() {
    return url.toLowerCase(Locale.ROOT).startsWith(DUCKDB);
  }

  /** What follows {@code jdbc:duckdb:}. */
  String file() {
    return url.substring(DUCKDB.length());
  }

  /** The URL without its parameters, for messages. */
  String shown() {
    return url.replaceFirst("[?;].*", "");
  }

  Properties properties() {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  /** A text without the password. */
  String redacted(@Nullable String text) {
    String shown = text == null ? "" : text.lines().findFirst().orElse("").strip();
    return password == null || password.isEmpty() ? shown : shown.replace(password, "***");
  }

  @Override
  public String toString() {
    return shown();
  }
}
