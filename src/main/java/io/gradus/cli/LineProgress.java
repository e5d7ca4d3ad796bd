package io.gradus.cli;

import io.gradus.cli.LogOptions.LogFormat;
import io.gradus.job.Progress;
import io.gradus.report.StageTime;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One structured line per finished stage: {@code key=value} pairs, or a JSON object. */
final class LineProgress implements Progress {
  private final PrintWriter err;
  private final InstantSource clock;
  private final LogFormat format;

  LineProgress(PrintWriter err, InstantSource clock, LogFormat format) {
    this.err = err;
    this.clock = clock;
    this.format = format;
  }

  @Override
  public void started(String stage) {}

  @Override
  public void finished(StageTime stage) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("event", "stage");
    fields.put("run", stage.run().isEmpty() ? null : stage.run());
    fields.put("stage", stage.name());
    fields.put("rows", stage.rows() < 0 ? null : stage.rows());
    fields.put("seconds", stage.seconds());
    fields.put("peak_memory_bytes", stage.peakMemoryBytes());
    fields.put("bytes_written", stage.bytesWritten());
    err.println(LogLine.of(format, clock.instant(), "INFO", fields));
    err.flush();
  }
}
