package io.gradus.report;

import io.gradus.report.TextTable.Format;
import io.gradus.report.TextTable.Result;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What training on demand came to.
 *
 * @param asOf the last day that the models know
 * @param customers customers by then
 * @param models one per model
 * @param events what became of the clusters before, a sentence each
 */
public record TrainingReport(
    LocalDate asOf, long customers, List<Trained> models, List<String> events) {
  private static final List<String> HEADER =
      List.of("as_of", "model", "chosen", "used_until", "reason");

  /**
   * One model.
   *
   * @param model what it is for
   * @param chosen what was chosen
   * @param reason why, in a sentence
   * @param usedUntil the last night that uses it; null when every night learns its own
   */
  public record Trained(
      String model, String chosen, String reason, @Nullable LocalDate usedUntil) {}

  public TrainingReport {
    models = List.copyOf(models);
    events = List.copyOf(events);
  }

  /** One row per model, for programs. */
  public Result rows() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Trained trained : models) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(asOf);
      row.add(trained.model());
      row.add(trained.chosen());
      row.add(trained.usedUntil());
      row.add(trained.reason());
      rows.add(row);
    }
    return new Result(HEADER, rows);
  }

  /** The same for a person, ending with a newline. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%nTrained on %,d customers as of %s%n%n", customers, asOf));
    text.append(TextTable.of(rows(), Format.TABLE));
    events.forEach(event -> text.append(event).append(System.lineSeparator()));
    boolean kept = models.stream().anyMatch(model -> model.usedUntil() != null);
    text.append(
        kept
            ? "The nights of " + asOf + " and later use them until the date given.%n".formatted()
            : "Every night trains its own models; see retrain in the settings.%n".formatted());
    return text.toString();
  }
}
