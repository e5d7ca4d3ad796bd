package io.gradus.lake;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;

/**
 * Saved models below the lake: {@code models/<name>/<run id>}. A model counts once its provenance
 * file is there, which is written last, and is used once its run is published: a run that failed
 * after training leaves the choice of model as it was. Models that no run publishes, such as those
 * trained on demand, bear a name of their own and are found by {@link #newestUntil}.
 */
public final class ModelStore {
  private static final String PROVENANCE = "_provenance.json";
  private static final String TEXT = "model.json";
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final SmallFiles files;
  private final LakeFolders folders;

  /** The models of the lake at this root. */
  public ModelStore(SparkSession spark, String root) {
    this.files = new SmallFiles(spark.sessionState().newHadoopConf());
    this.folders = new LakeFolders(LakeFolders.qualified(files, root));
  }

  /**
   * Saves a model for a run, in place of what an earlier attempt of the same run left.
   *
   * @param name letters, digits, dot, dash, underscore
   */
  public SavedModel save(
      String name, RunRef run, MLWritable model, Map<String, String> provenance) {
    run.lock().verifyHeld();
    Path folder = folder(name, run.runId());
    files.delete(folder);
    try {
      model.write().overwrite().save(folder.toString());
    } catch (IOException | RuntimeException e) {
      throw StorageFailures.translate("Saving model " + name, e);
    }
    return described(name, run, folder, provenance);
  }

  /** Saves a model that is text, such as JSON, like {@link #save}. */
  public SavedModel saveText(
      String name, RunRef run, String model, Map<String, String> provenance) {
    run.lock().verifyHeld();
    Path folder = folder(name, run.runId());
    files.delete(folder);
    files.write(new Path(folder, TEXT), model);
    return described(name, run, folder, provenance);
  }

  /**
   * The text of a model saved by {@link #saveText}.
   *
   * @throws GradusException (storage) when its file is gone
   */
  public String text(SavedModel model) {
    Path file = new Path(model.path(), TEXT);
    return files
        .read(file)
        .orElseThrow(
            () -> GradusException.storage(file + " is missing. Delete its folder to train anew."));
  }

  private SavedModel described(
      String name, RunRef run, Path folder, Map<String, String> provenance) {
    FailPoints.reach("model-without-provenance");
    Map<String, String> described = new TreeMap<>(provenance);
    described.put("run_id", run.runId());
    described.put("as_of", run.asOf().toString());
    files.write(new Path(folder, PROVENANCE), Json.write(described));
    return new SavedModel(name, run.runId(), folder.toString(), described);
  }

  /** The complete model a run saved. */
  public Optional<SavedModel> ofRun(String name, String runId) {
    Path folder = folder(name, runId);
    return files
        .read(new Path(folder, PROVENANCE))
        .flatMap(Json::parse)
        .map(
            node -> {
              Map<String, String> provenance = new TreeMap<>();
              node.properties().forEach(e -> provenance.put(e.getKey(), e.getValue().asText()));
              return new SavedModel(name, runId, folder.toString(), provenance);
            });
  }

  /** The model of the published run that was published last among those that trained one. */
  public Optional<SavedModel> latest(String name, Publications moment) {
    return newestFirst(moment).stream()
        .map(publication -> ofRun(name, publication.runId()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Like {@link #latest(String, Publications)}, of runs with an as-of date before a date. */
  public Optional<SavedModel> latestBefore(String name, Publications moment, LocalDate asOf) {
    return newestFirst(moment).stream()
        .filter(publication -> publication.asOf().isBefore(asOf))
        .map(publication -> ofRun(name, publication.runId()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The newest complete model as of a date or earlier, published or not. */
  public Optional<SavedModel> newestUntil(String name, LocalDate asOf) {
    return all(name).stream().filter(model -> !model.asOf().isAfter(asOf)).findFirst();
  }

  /** Every complete model, published or not, the newest as-of date first. */
  private List<SavedModel> all(String name) {
    return files.list(new Path(folders.models(), requireSafe(name))).stream()
        .map(entry -> ofRun(name, entry.getPath().getName()))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(SavedModel::asOf).reversed())
        .toList();
  }

  /** Deletes all but the newest models of a name, published or not. */
  public void keepNewest(String name, int keep) {
    all(name).stream().skip(keep).forEach(model -> files.delete(new Path(model.path())));
  }

  /**
   * Deletes all but the newest published models; call it after a publication, when no unpublished
   * model is needed any more.
   */
  public void prune(String name, Publications moment, int keep) {
    List<String> kept =
        newestFirst(moment).stream()
            .map(Publication::runId)
            .filter(runId -> ofRun(name, runId).isPresent())
            .limit(keep)
            .toList();
    for (FileStatus entry : files.list(new Path(folders.models(), requireSafe(name)))) {
      if (!kept.contains(entry.getPath().getName())) {
        files.delete(entry.getPath());
      }
    }
  }

  private static List<Publication> newestFirst(Publications moment) {
    return moment.published().stream()
        .sorted(Comparator.comparingLong(Publication::sequence).reversed())
        .toList();
  }

  private Path folder(String name, String runId) {
    return new Path(folders.models(), requireSafe(name) + "/" + requireSafe(runId));
  }

  private static String requireSafe(String name) {
    if (!SAFE_NAME.matcher(name).matches()) {
      throw GradusException.usage(
          "\"" + name + "\" cannot name a model: use letters, digits, dot, dash, underscore.");
    }
    return name;
  }
}
