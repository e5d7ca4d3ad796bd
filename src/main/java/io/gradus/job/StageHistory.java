package io.gradus.job;

import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.table.Columns;
import io.gradus.table.Ops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How long the stages of the last runs took. */
final class StageHistory {
  private static final int RUNS = 5;

  private StageHistory() {}

  /** The median seconds of each stage over the last published runs; empty before the first. */
  static Map<String, Double> medians(Lake lake) {
    List<String> runs =
        lake.published().published().stream()
            .sorted(Comparator.comparingLong(Publication::sequence).reversed())
            .limit(RUNS)
            .map(Publication::runId)
            .toList();
    if (runs.isEmpty() || !lake.exists(Ops.RUN_STAGE)) {
      return Map.of();
    }
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    List<Row> rows =
        lake.readPublished(Ops.RUN_STAGE)
            .where(functions.col(Columns.RUN_ID).isInCollection(runs))
            .orderBy("position")
            .select("stage", "seconds")
            .collectAsList();
    rows.forEach(
        row ->
            seconds
                .computeIfAbsent(row.getString(0), stage -> new ArrayList<>())
                .add(row.getDouble(1)));
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((stage, past) -> medians.put(stage, median(past)));
    return medians;
  }

  /** The middle value, the mean of the two middle ones for an even number. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
