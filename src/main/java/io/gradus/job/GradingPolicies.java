package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.grade.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a run.
 *
 * @param official the one whose grades count
 * @param shadow a coming one, graded beside it so that its effect is seen before it is signed; null
 *     for none
 */
record GradingPolicies(Policy official, @Nullable Policy shadow) {

  /**
   * The policies of the settings.
   *
   * @throws GradusException (usage) when one cannot be read or is wrong, or when both have the same
   *     name and version
   */
  static GradingPolicies of(Settings settings) {
    Policy official = Policies.load(settings.policy());
    String file = settings.shadowPolicy();
    if (file == null) {
      return new GradingPolicies(official, null);
    }
    Policy shadow = Policies.shadow(file);
    if (shadow.name().equals(official.name()) && shadow.version().equals(official.version())) {
      throw GradusException.usage(
          "shadow_policy: "
              + file
              + " is "
              + shadow.label()
              + ", as the official policy; raise its version");
    }
    return new GradingPolicies(official, shadow);
  }

  /** Both as text, of which a run's identity is made. */
  String text() {
    return YamlReader.write(official) + (shadow == null ? "" : YamlReader.write(shadow));
  }
}
