package io.gradus.job;

import io.gradus.config.AlertSettings;
import io.gradus.config.PrivacySettings;
import io.gradus.config.RetentionSettings;
import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What makes two runs the same run: as-of date, input, settings, policy and code. Where the lake
 * lies and how long it keeps snapshots do not.
 */
record RunIdentity(String manifestHash, String settingsHash, String policyHash, Build build) {
  private static final int SHOWN = 12;

  static RunIdentity of(Settings settings, GradingPolicies policies, TransactionInput input) {
    Settings canonical =
        new Settings(
            "-",
            Settings.LATEST,
            settings.timeZone(),
            settings.currency(),
            List.of(),
            settings.sources(),
            settings.rfm(),
            settings.clv(),
            settings.clusters(),
            settings.churn(),
            "-",
            null,
            settings.gates(),
            RetentionSettings.defaults(),
            PrivacySettings.defaults(),
            AlertSettings.none());
    return new RunIdentity(
        inputHash(input),
        DigestUtils.sha256Hex(YamlReader.write(canonical)),
        DigestUtils.sha256Hex(policies.text()),
        Build.current());
  }

  private static String inputHash(TransactionInput input) {
    String transactions = input.manifest().hash();
    String feeds = input.feeds().hash();
    String all = transactions + input.pseudonymKey();
    return feeds.isEmpty() ? all : DigestUtils.sha256Hex(all + "\n" + feeds);
  }

  /** The run's name: its date and the start of the hash of all it rests on. */
  String runId(LocalDate asOf) {
    String all =
        String.join(
            "\n",
            asOf.toString(),
            manifestHash,
            settingsHash,
            policyHash,
            build.version(),
            build.hash());
    return asOf.format(DateTimeFormatter.BASIC_ISO_DATE)
        + "-"
        + DigestUtils.sha256Hex(all).substring(0, SHOWN);
  }
}
