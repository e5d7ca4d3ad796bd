package io.gradus.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.config.AlertSettings;
import io.gradus.monitor.AlertBook.Entry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands new alerts to the command or address of the settings. What is published is published: a
 * failure is logged and changes nothing.
 */
final class AlertSender {
  private static final Logger LOG = LoggerFactory.getLogger(AlertSender.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AlertSettings settings;
  private final Map<String, String> environment;
  private final Duration patience;

  AlertSender(AlertSettings settings, Map<String, String> environment) {
    this(settings, environment, PATIENCE);
  }

  AlertSender(AlertSettings settings, Map<String, String> environment, Duration patience) {
    this.settings = settings;
    this.environment = environment;
    this.patience = patience;
  }

  /** Sends by every way that is set; one that fails does not hold the other up. */
  void send(List<Entry> alerts) {
    if (alerts.isEmpty()) {
      return;
    }
    String lines =
        alerts.stream().map(AlertSender::line).collect(Collectors.joining("\n", "", "\n"));
    String command = settings.command();
    if (command != null) {
      attempt(alerts.size(), () -> run(command, lines));
    }
    String url = settings.url();
    if (url != null) {
      attempt(alerts.size(), () -> post(url, lines));
    }
  }

  private interface Way {
    void take() throws IOException, InterruptedException;
  }

  private static void attempt(int alerts, Way way) {
    try {
      way.take();
    } catch (IOException e) {
      LOG.warn("{} alerts could not be sent: {}", alerts, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One alert as one line of JSON. */
  static String line(Entry entry) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("alert_id", entry.id());
    values.put("opened_on", entry.openedOn().toString());
    values.put("severity", entry.alert().severity().code());
    values.put("type", entry.alert().type());
    values.put("subject", entry.alert().subject());
    values.put("owner", entry.alert().owner());
    values.put("message_en", entry.alert().english());
    values.put("message_zh", entry.alert().chinese());
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an alert is no JSON", e);
    }
  }

  /** The lines come from a file: a command that does not read them cannot hold the night. */
  private void run(String command, String lines) throws IOException, InterruptedException {
    Path input = Files.createTempFile("gradus-alerts", ".jsonl");
    try {
      Files.writeString(input, lines);
      Process process =
          new ProcessBuilder("sh", "-c", command)
              .redirectInput(input.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException("the command did not end within " + patience.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("the command ended with exit code " + process.exitValue());
      }
    } finally {
      Files.deleteIfExists(input);
    }
  }

  private void post(String url, String lines) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(patience)
            .header("Content-Type", "application/x-ndjson; charset=utf-8")
            .POST(BodyPublishers.ofString(lines));
    if (settings.tokenEnv() != null) {
      String token = environment.get(settings.tokenEnv());
      if (token == null) {
        throw new IOException("the environment has no variable " + settings.tokenEnv());
      }
      request.header("Authorization", "Bearer " + token);
    }
    int status =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .build()
            .send(request.build(), BodyHandlers.discarding())
            .statusCode();
    if (status >= 300) {
      throw new IOException("the address answered with status " + status);
    }
  }
}
