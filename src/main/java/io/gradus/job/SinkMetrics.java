package io.gradus.job;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.SettableGauge;
import io.gradus.report.Metrics.Sample;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Hands the numbers of a run to whatever sinks Spark is configured with (CSV, Graphite, JMX, …), as
 * gauges of the driver: {@code APPLICATION.driver.plugin.io.gradus.job.SinkMetrics.NAME}, with the
 * label's value after the name where a family has one.
 */
public final class SinkMetrics implements SparkPlugin {
  private static final Map<String, MetricRegistry> REGISTRIES = new ConcurrentHashMap<>();
  private static final String STAGES = "gradus_run_stages_ended";

  /** Shows the numbers from now on; without the plugin, in a session of others, nowhere. */
  static void show(SparkContext context, List<Sample> samples) {
    MetricRegistry registry = REGISTRIES.get(context.applicationId());
    if (registry != null) {
      samples.forEach(sample -> gauge(registry, name(sample)).setValue(sample.value()));
    }
  }

  /** Counts the stages that have ended, and shows their numbers. */
  static void showStages(SparkContext context, int ended, List<Sample> samples) {
    show(context, List.of(new Sample(STAGES, "Stages that have ended", null, ended)));
    show(context, samples);
  }

  private static String name(Sample sample) {
    Map.Entry<String, String> label = sample.label();
    return label == null
        ? sample.name()
        : sample.name() + "." + label.getValue().replaceAll("[^A-Za-z0-9]+", "_");
  }

  private static SettableGauge<Double> gauge(MetricRegistry registry, String name) {
    return registry.gauge(name);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new Driver();
  }

  @Override
  public @Nullable ExecutorPlugin executorPlugin() {
    return null;
  }

  private static final class Driver implements DriverPlugin {
    private String application = "";

    @Override
    public void registerMetrics(String applicationId, PluginContext context) {
      application = applicationId;
      MetricRegistry registry = context.metricRegistry();
      // Spark takes up a registry that holds something by then; what comes later follows.
      gauge(registry, STAGES).setValue(0.0);
      REGISTRIES.put(applicationId, registry);
    }

    @Override
    public void shutdown() {
      REGISTRIES.remove(application);
    }
  }
}
