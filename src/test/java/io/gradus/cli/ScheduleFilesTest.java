package io.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The schedules under {@code jobs/} against what their tools document, and against our commands.
 */
class ScheduleFilesTest {
  private static final Path JOBS = Path.of("jobs");
  private static final Set<ExitCode> WORTH_RETRYING =
      EnumSet.of(ExitCode.INTERNAL, ExitCode.LOCK, ExitCode.STORAGE);
  private static final Set<Integer> FINAL =
      Arrays.stream(ExitCode.values())
          .filter(code -> code != ExitCode.DONE && !WORTH_RETRYING.contains(code))
          .map(ExitCode::code)
          .collect(Collectors.toCollection(TreeSet::new));

  /** Of {@code SparkApplicationSpec} and its parts, as the operator's API page documents them. */
  private static final Map<String, Set<String>> OPERATOR =
      Map.of(
          "",
          Set.of(
              ("type sparkVersion mode proxyUser image imagePullPolicy imagePullSecrets mainClass"
                      + " mainApplicationFile arguments sparkConf hadoopConf sparkConfigMap"
                      + " hadoopConfigMap volumes driver executor deps restartPolicy nodeSelector"
                      + " failureRetries retryInterval memoryOverheadFactor monitoring"
                      + " batchScheduler timeToLiveSeconds dynamicAllocation")
                  .split(" ")),
          "driver",
          Set.of(
              ("cores coreRequest coreLimit memory memoryOverhead image env envFrom labels"
                      + " annotations volumeMounts affinity tolerations podSecurityContext"
                      + " securityContext serviceAccount javaOptions priorityClassName")
                  .split(" ")),
          "executor",
          Set.of(
              ("instances cores coreRequest coreLimit memory memoryOverhead image env envFrom"
                      + " labels annotations volumeMounts affinity tolerations podSecurityContext"
                      + " securityContext serviceAccount javaOptions deleteOnTermination")
                  .split(" ")),
          "restartPolicy",
          Set.of(
              ("type onSubmissionFailureRetries onFailureRetries onSubmissionFailureRetryInterval"
                      + " onFailureRetryInterval")
                  .split(" ")));

  @TempDir Path folder;

  /** A reader that refuses fields the API does not have. */
  private static ObjectMapper strict() {
    ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
    mapper.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1L;

          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return Boolean.FALSE;
          }
        });
    return mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  private static List<JsonNode> documents(String file) throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    // The parser does not follow anchors into a tree, so they are resolved by the YAML library.
    List<JsonNode> documents = new ArrayList<>();
    for (Object document :
        new org.yaml.snakeyaml.Yaml().loadAll(Files.readString(JOBS.resolve(file)))) {
      documents.add(yaml.valueToTree(document));
    }
    return documents;
  }

  /** Our command line takes them; a command of a later release is left to that release's test. */
  private static void understood(List<String> arguments) {
    CommandLine commands = new CommandLine(new Gradus());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    if (commands.getSubcommands().containsKey(arguments.get(0))) {
      commands.parseArgs(arguments.toArray(String[]::new));
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  @Test
  void theCronJobFitsTheKubernetesSchemaAndKnowsTheExitCodes() throws IOException {
    List<JsonNode> documents = documents("kubernetes/cronjob.yaml");
    ConfigMap map = strict().convertValue(documents.get(0), ConfigMap.class);
    CronJob job = strict().convertValue(documents.get(1), CronJob.class);
    Settings settings =
        YamlReader.read(
            "nightly.yaml", map.getData().get("nightly.yaml"), Map.of(), Settings.class);

    assertThat(settings.lake()).isEqualTo("/var/lib/gradus/lake");
    assertThat(job.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
    var spec = job.getSpec().getJobTemplate().getSpec();
    PodFailurePolicyRule rule = spec.getPodFailurePolicy().getRules().get(0);
    assertThat(rule.getAction()).isEqualTo("FailJob");
    assertThat(new TreeSet<>(rule.getOnExitCodes().getValues())).isEqualTo(FINAL);
    var pod = spec.getTemplate().getSpec();
    // The API accepts a pod failure policy with this restart policy only.
    assertThat(pod.getRestartPolicy()).isEqualTo("Never");
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    var container = pod.getContainers().get(0);
    assertThat(container.getName()).isEqualTo(rule.getOnExitCodes().getContainerName());
    understood(container.getArgs());
    assertThat(container.getVolumeMounts().stream().map(VolumeMount::getName))
        .containsExactlyInAnyOrderElementsOf(
            pod.getVolumes().stream().map(Volume::getName).toList());

    ((com.fasterxml.jackson.databind.node.ObjectNode) documents.get(1).path("spec"))
        .put("concurencyPolicy", "Forbid");
    assertThatThrownBy(() -> strict().convertValue(documents.get(1), CronJob.class))
        .hasMessageContaining("concurencyPolicy");
  }

  @Test
  void theSparkApplicationsUseDocumentedFields() throws IOException {
    JsonNode once = documents("kubernetes/spark-application.yaml").get(0);
    JsonNode nightly = documents("kubernetes/scheduled-spark-application.yaml").get(0);
    JsonNode spec = once.path("spec");

    assertThat(once.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(nightly.path("kind").asText()).isEqualTo("ScheduledSparkApplication");
    assertThat(nightly.path("spec").path("template")).isEqualTo(spec);
    assertThat(names(nightly.path("spec")))
        .isSubsetOf(
            "schedule",
            "template",
            "suspend",
            "concurrencyPolicy",
            "successfulRunHistoryLimit",
            "failedRunHistoryLimit");
    OPERATOR.forEach(
        (part, known) ->
            assertThat(names(part.isEmpty() ? spec : spec.path(part))).isSubsetOf(known));
    assertThat(names(spec)).contains("type", "sparkVersion", "mainApplicationFile");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<spark.version>" + spec.path("sparkVersion").asText() + "</spark.version>");
    assertThat(spec.path("mainClass").asText()).isEqualTo(Gradus.class.getName());
    assertThat(spec.path("restartPolicy").path("type").asText()).isEqualTo("OnFailure");
    strict().convertValue(spec.path("driver").path("securityContext"), SecurityContext.class);
    strict().convertValue(spec.path("volumes").path(0), Volume.class);
    understood(texts(spec.path("arguments")));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void imagesRunAsSomebodyElseThanRoot() throws IOException {
    String user = "root";
    List<String> stages = new ArrayList<>();
    for (String line : Files.readAllLines(JOBS.resolve("kubernetes/Dockerfile"))) {
      if (line.startsWith("FROM ")) {
        stages.add(user);
        user = "root";
      } else if (line.startsWith("USER ")) {
        user = line.substring(5);
      }
    }
    stages.add(user);
    assertThat(stages.subList(2, stages.size())).containsExactly("10001:10001", "185");
  }

  @Test
  void theUnitsPassSystemdsOwnCheck() throws Exception {
    String service = Files.readString(JOBS.resolve("systemd/gradus.service"));
    assertThat(service)
        .contains(
            "RestartPreventExitStatus="
                + FINAL.stream().map(String::valueOf).collect(Collectors.joining(" "))
                + "\n");
    String start =
        service
            .lines()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow()
            .replaceFirst("^\\S+ ", "");
    understood(List.of(start.split(" ")));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "needs systemd-analyze");
    String installed = service.replace("/opt/gradus/jobs/gradus", "/bin/true");
    Path unit = Files.writeString(folder.resolve("gradus.service"), installed);
    Path timer = folder.resolve("gradus.timer");
    Files.copy(JOBS.resolve("systemd/gradus.timer"), timer);

    assertThat(run(Map.of(), "systemd-analyze", "verify", unit.toString(), timer.toString()))
        .as("its exit code is 0 for misspelt keys, its output is not empty")
        .isEmpty();
    Files.writeString(unit, installed.replace("RestartSec=", "RestartSecs="));
    assertThat(run(Map.of(), "systemd-analyze", "verify", unit.toString())).contains("RestartSecs");
  }

  @Test
  void theDagBuildsWithDocumentedArgumentsAndRetriesWhatIsWorthIt() throws Exception {
    assumeTrue(hasPython(), "needs python3");
    String printed =
        run(
            Map.of("GRADUS_EXPORT", "jdbc:duckdb:gold.db", "PYTHONDONTWRITEBYTECODE", "1"),
            "python3",
            "src/test/resources/schedules/airflow_check.py",
            "jobs/airflow/gradus.py");
    JsonNode built = new ObjectMapper().readTree(printed);

    JsonNode nightly = built.path("dags").path("gradus_nightly");
    assertThat(texts(nightly.path("nightly").path("upstream"))).containsExactly("check");
    assertThat(texts(nightly.path("export").path("upstream"))).containsExactly("nightly");
    assertThat(texts(nightly.path("report").path("upstream"))).containsExactly("export");
    for (JsonNode dag : built.path("dags")) {
      for (JsonNode task : dag) {
        assertThat(task.path("class").asText()).isEqualTo(Gradus.class.getName());
        understood(texts(task.path("arguments")));
      }
    }
    assertThat(texts(nightly.path("nightly").path("arguments")).toString())
        .contains("--as-of, {{ data_interval_start");
    for (ExitCode code : ExitCode.values()) {
      if (code != ExitCode.DONE) {
        assertThat(built.path("codes").path(Integer.toString(code.code())).asText())
            .as("exit code %s", code)
            .isEqualTo(WORTH_RETRYING.contains(code) ? "retries" : "fails");
      }
    }
    assertThat(built.path("kubernetes").asText()).isEqualTo("fails");
    assertThat(built.path("lost").asText()).isEqualTo("retries");
  }

  private static boolean hasPython() {
    return Files.isExecutable(Path.of("/usr/bin/python3"));
  }

  @Test
  void theBundleNamesItsVariablesAndOurCommands() throws IOException {
    JsonNode bundle = documents("databricks/databricks.yml").get(0);
    JsonNode job = bundle.path("resources").path("jobs").path("gradus_nightly");
    Set<String> variables = names(bundle.path("variables"));

    assertThat(names(bundle)).isSubsetOf("bundle", "variables", "resources", "targets");
    assertThat(names(job))
        .isSubsetOf(
            "name",
            "max_concurrent_runs",
            "timeout_seconds",
            "schedule",
            "email_notifications",
            "health",
            "job_clusters",
            "tasks");
    String cluster = job.path("job_clusters").path(0).path("job_cluster_key").asText();
    for (JsonNode task : job.path("tasks")) {
      assertThat(task.path("job_cluster_key").asText()).isEqualTo(cluster);
      List<String> parameters = texts(task.path("spark_submit_task").path("parameters"));
      assertThat(parameters.get(1)).isEqualTo(Gradus.class.getName());
      understood(parameters.subList(3, parameters.size()));
    }
    java.util.regex.Pattern.compile("\\$\\{var\\.(\\w+)}")
        .matcher(bundle.toString())
        .results()
        .forEach(used -> assertThat(variables).contains(used.group(1)));
  }

  private static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return printed.strip();
  }
}
