package io.gradus.job;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What the tasks of one job group wrote, and the largest heap while they ran. */
final class TaskFigures extends SparkListener implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String HEAP = "JVMHeapMemory";
  private static final long PATIENCE_MILLIS = 5_000;
  private static final List<MemoryPoolMXBean> HEAP_POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private final SparkContext context;
  private final Set<Integer> stages = new HashSet<>();
  private String group = "";
  private long bytesWritten;
  private long executorHeap;

  /** The sums of one group. */
  record Figures(long bytesWritten, long peakMemoryBytes) {}

  private TaskFigures(SparkContext context) {
    this.context = context;
  }

  static TaskFigures listen(SparkContext context) {
    TaskFigures figures = new TaskFigures(context);
    context.addSparkListener(figures);
    return figures;
  }

  synchronized void begin(String jobGroup) {
    group = jobGroup;
    stages.clear();
    bytesWritten = 0;
    executorHeap = 0;
    HEAP_POOLS.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  Figures end() {
    awaitEvents();
    synchronized (this) {
      long heap = HEAP_POOLS.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      return new Figures(bytesWritten, Math.max(heap, executorHeap));
    }
  }

  /** Spark hands events over in a thread of its own, some milliseconds late. */
  private void awaitEvents() {
    try {
      context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (Exception e) {
      // A bus this far behind only makes the figures smaller; Scala declares no TimeoutException.
      org.slf4j.LoggerFactory.getLogger(TaskFigures.class)
          .warn("figures of stage {} are incomplete: {}", group, e.getMessage());
    }
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    if (job.properties() != null && group.equals(job.properties().getProperty(GROUP))) {
      job.stageIds().foreach(id -> stages.add((Integer) id));
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (stages.contains(task.stageId())) {
      executorHeap = Math.max(executorHeap, task.taskExecutorMetrics().getMetricValue(HEAP));
      if (task.taskMetrics() != null) {
        bytesWritten += task.taskMetrics().outputMetrics().bytesWritten();
      }
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
