package io.gradus.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials that Maven writes before the tests, against the jars that are used. */
class BillOfMaterialsTest {
  private static final Path BILL = Path.of("target", "gradus-sbom.json");
  private static final Pattern OF_TESTS =
      Pattern.compile(
          "(junit|jqwik|archunit|assertj|opentest4j|apiguardian|byte-buddy|kubernetes-model)-.*");

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  /** Their POMs name no licence. */
  private static final List<String> WITHOUT_LICENCE =
      List.of("oro", "datasketches-memory", "xbean-asm9-shaded");

  private final Map<String, JsonNode> components = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    assumeTrue(Files.exists(BILL), "Maven writes the bill of materials; this run is without it");
    JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    for (JsonNode component : bill.path("components")) {
      components.put(file(component), component);
    }
  }

  private static String file(JsonNode component) {
    Matcher classifier = CLASSIFIER.matcher(component.path("purl").asText());
    String name = component.path("name").asText() + "-" + component.path("version").asText();
    return name + (classifier.find() ? "-" + classifier.group(1) : "") + ".jar";
  }

  private static Map<String, Path> jars() {
    Map<String, Path> jars = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (entry.endsWith(".jar") && !OF_TESTS.matcher(path.getFileName().toString()).matches()) {
        jars.put(path.getFileName().toString(), path);
      }
    }
    return jars;
  }

  @Test
  void everyJarOfTheProgramIsListedWithItsHash() throws Exception {
    Map<String, Path> jars = jars();
    assertThat(jars).hasSizeGreaterThan(100);
    assertThat(components).containsKeys(jars.keySet().toArray(String[]::new));
    for (Map.Entry<String, Path> jar : jars.entrySet()) {
      List<String> listed = new ArrayList<>();
      for (JsonNode hash : components.get(jar.getKey()).path("hashes")) {
        if (hash.path("alg").asText().equals("SHA-256")) {
          listed.add(hash.path("content").asText());
        }
      }
      assertThat(listed).as(jar.getKey()).containsExactly(sha256(jar.getValue()));
    }
  }

  @Test
  void everyComponentHasALicence() {
    List<String> without =
        components.values().stream()
            .filter(component -> component.path("licenses").isEmpty())
            .map(component -> component.path("name").asText())
            .toList();
    assertThat(without).hasSameElementsAs(WITHOUT_LICENCE);
  }

  private static String sha256(Path file) throws Exception {
    return DigestUtils.sha256Hex(Files.readAllBytes(file));
  }
}
