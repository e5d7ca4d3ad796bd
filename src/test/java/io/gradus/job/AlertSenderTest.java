package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gradus.config.AlertSettings;
import io.gradus.monitor.Alert;
import io.gradus.monitor.Alert.Severity;
import io.gradus.monitor.AlertBook.Entry;
import io.gradus.monitor.AlertBook.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts leave by a command and by a post; neither can stop or hold a night. */
class AlertSenderTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir private Path folder;

  private record Received(String authorization, String body) {}

  @Test
  void theCommandReadsOneJsonObjectPerAlert() throws IOException {
    Path out = folder.resolve("out");

    sender("cat > '" + out + "'", null, null).send(List.of(alert("c1"), alert("c\"2\n")));

    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(2);
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.path("subject").asText()).isEqualTo("c\"2\n");
    assertThat(second.path("severity").asText()).isEqualTo("critical");
    assertThat(second.path("message_zh").asText()).isEqualTo("客户逾期");
    assertThat(second.path("opened_on").asText()).isEqualTo("2025-03-31");
  }

  @Test
  void nothingIsSentWithoutAnAlert() {
    Path out = folder.resolve("out");

    sender("touch '" + out + "'", null, null).send(List.of());

    assertThat(out).doesNotExist();
  }

  @Test
  void thePostCarriesTheTokenOfTheEnvironment() throws IOException {
    List<Received> received =
        received(address -> sender(null, address, "HOOK_TOKEN").send(List.of(alert("c1"))));

    assertThat(received).hasSize(1);
    assertThat(received.get(0).authorization()).isEqualTo("Bearer secret");
    assertThat(received.get(0).body()).contains("\"subject\":\"c1\"").endsWith("}\n");
  }

  @Test
  void aMissingTokenPostsNothing() throws IOException {
    assertThat(received(address -> sender(null, address, "OTHER").send(List.of(alert("c1")))))
        .isEmpty();
  }

  @Test
  void aFailingOrHangingCommandHoldsNeitherTheNightNorThePost() throws IOException {
    Instant start = Instant.now();

    List<Received> received =
        received(
            address -> {
              sender("exit 3", address, null).send(List.of(alert("c1")));
              sender("sleep 300", address, null).send(many());
            });

    assertThat(received).hasSize(2);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
  }

  /** More than a pipe holds, for a command that does not read. */
  private static List<Entry> many() {
    List<Entry> alerts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      alerts.add(alert("customer-" + i));
    }
    return alerts;
  }

  private static AlertSender sender(String command, String url, String tokenEnv) {
    return new AlertSender(
        new AlertSettings(command, url, tokenEnv), Map.of("HOOK_TOKEN", "secret"), SHORT);
  }

  /** What a server is sent while something is done with its address. */
  private static List<Received> received(Consumer<String> sending) throws IOException {
    List<Received> received = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> received.add(taken(exchange)));
    server.start();
    try {
      sending.accept("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    } finally {
      server.stop(0);
    }
    return received;
  }

  private static Received taken(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
    return new Received(authorization, body);
  }

  private static Entry alert(String subject) {
    Alert alert =
        Alert.of("accounts", "overdue", Severity.CRITICAL, subject, 2.0, 1.0, "overdue", "客户逾期");
    LocalDate day = LocalDate.of(2025, 3, 31);
    return new Entry("a1", alert, State.OPEN, day, day, null, null, null, null, "run");
  }
}
