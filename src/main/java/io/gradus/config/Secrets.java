package io.gradus.config;

import java.util.regex.Pattern;

/**
 * Secrets have no place in settings, logs and messages: a setting that holds one is refused, a text
 * that is shown has it blotted out. Credentials of storage and databases come from the environment
 * or the platform, keys from files that the settings name.
 */
public final class Secrets {
  private static final String BLOT = "***";
  private static final String NAMES =
      "(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|sig|credential)";
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)([\\w.-]*"
              + NAMES
              + "[\\w.-]*\\s*[=:]\\s*)(?!\\s)(\"[^\"]*\"|'[^']*'|[^\\s&;,}\"']+)");
  private static final Pattern USER_INFORMATION = Pattern.compile("(://)([^/@\\s]+)(@)");

  private Secrets() {}

  /** The text with passwords, tokens, keys and the user of a URI blotted out. */
  public static String redact(String text) {
    String withoutUsers = USER_INFORMATION.matcher(text).replaceAll("$1" + BLOT + "$3");
    return PAIR.matcher(withoutUsers).replaceAll("$1" + BLOT);
  }

  /**
   * Refuses a path or URI that carries a secret.
   *
   * @param key the setting, for the message, which does not repeat the secret
   * @throws IllegalArgumentException naming the key
   */
  static void refuse(String key, String path) {
    if (!redact(path).equals(path)) {
      throw new IllegalArgumentException(
          key
              + ": "
              + redact(path)
              + " carries a secret; leave it to the environment or to the storage's own settings");
    }
  }
}
