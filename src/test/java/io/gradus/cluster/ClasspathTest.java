package io.gradus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What we add to a Spark distribution's class path holds no class that the distribution has. */
class ClasspathTest {
  /** Libraries of the tests, which no distribution has. */
  private static final List<String> TESTING =
      List.of(
          "junit",
          "assertj",
          "archunit",
          "jqwik",
          "opentest4j",
          "apiguardian",
          "byte-buddy",
          "kubernetes-model",
          "surefire",
          "zjsonpatch",
          "error_prone");

  @Test
  void ourJarsAndTheDistributionsShareNoClass() throws IOException {
    Map<Path, Set<String>> classes = classesByJar();
    Set<String> ours = new TreeSet<>();
    Map<String, String> distribution = new TreeMap<>();
    classes.forEach(
        (jar, names) -> {
          String file = jar.getFileName().toString();
          if (Jars.ours(file)) {
            ours.add(file.replaceFirst("[-_][0-9].*", ""));
          } else if (TESTING.stream().noneMatch(file::contains)) {
            names.forEach(name -> distribution.put(name, file));
          }
        });
    assertThat(ours).contains("picocli", "delta-spark", "xgboost4j-spark", "jspecify");
    assertThat(distribution)
        .as("a stock distribution brings what reads our settings")
        .containsKeys(
            "com/fasterxml/jackson/dataformat/yaml/YAMLFactory.class",
            "org/yaml/snakeyaml/Yaml.class",
            "org/apache/spark/sql/SparkSession.class");
    Map<String, String> shared =
        classes.entrySet().stream()
            .filter(jar -> Jars.ours(jar.getKey().getFileName().toString()))
            .flatMap(jar -> jar.getValue().stream())
            .filter(distribution::containsKey)
            .collect(Collectors.toMap(name -> name, distribution::get, (a, b) -> a));
    assertThat(shared).isEmpty();
  }

  private static Map<Path, Set<String>> classesByJar() throws IOException {
    Map<Path, Set<String>> classes = new TreeMap<>();
    ClassLoader loader = ClasspathTest.class.getClassLoader();
    for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
      if (manifest.openConnection() instanceof JarURLConnection connection) {
        JarFile jar = connection.getJarFile();
        Set<String> names = new HashSet<>();
        jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(".class"))
            .filter(name -> !name.endsWith("module-info.class") && !name.startsWith("META-INF/"))
            .forEach(names::add);
        classes.put(Path.of(jar.getName()), names);
      }
    }
    return classes;
  }
}
