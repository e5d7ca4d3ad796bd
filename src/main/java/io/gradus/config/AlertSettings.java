package io.gradus.config;

import org.jspecify.annotations.Nullable;

/**
 * What is done with the alerts of a night after publication, beside the table that keeps them.
 * Nothing by default.
 *
 * @param command run by {@code sh} with one JSON object per alert and line on its standard input
 * @param url where the same lines are posted to
 * @param tokenEnv name of the environment variable with the bearer token for the url
 */
public record AlertSettings(
    @Nullable String command, @Nullable String url, @Nullable String tokenEnv) {
  public AlertSettings {
    if (url != null && !url.startsWith("https://") && !url.startsWith("http://")) {
      throw new IllegalArgumentException("url: '" + url + "' is no http or https address");
    }
    if (tokenEnv != null && !tokenEnv.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "token_env: give the name of an environment variable, not the token itself");
    }
  }

  /** Alerts stay in their table. */
  public static AlertSettings none() {
    return new AlertSettings(null, null, null);
  }
}
