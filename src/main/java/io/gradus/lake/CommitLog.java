package io.gradus.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gradus.error.GradusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Reads a Delta table's log files directly. The log alone says whether a commit landed: a client
 * may see a failure after its commit was written, and success when Delta skipped it.
 */
final class CommitLog {
  private static final Pattern COMMIT_FILE = Pattern.compile("\\d{20}\\.json");

  private final SmallFiles files;
  private final Path folder;

  CommitLog(SmallFiles files, Path table) {
    this.files = files;
    this.folder = new Path(table, "_delta_log");
  }

  /** What a commit says of itself. */
  record Entry(
      long version, String marker, String operation, long rows, long bytes, long deleted) {}

  /** The newest version, or nothing when this is not a Delta table. */
  Optional<Long> latestVersion() {
    return files.list(folder).stream()
        .map(file -> file.getPath().getName())
        .filter(name -> COMMIT_FILE.matcher(name).matches())
        .map(name -> Long.valueOf(name.substring(0, 20)))
        .max(Comparator.naturalOrder());
  }

  /** The newest version, for a table that is known to exist. */
  long version() {
    return latestVersion()
        .orElseThrow(
            () -> GradusException.storage(folder + " holds no commit. Restore the table."));
  }

  Entry entry(long version) {
    for (String line : text(version).lines().toList()) {
      Optional<JsonNode> info = Json.parse(line).map(node -> node.path("commitInfo"));
      if (info.isPresent() && info.get().isObject()) {
        return entry(version, info.get());
      }
    }
    return new Entry(version, "", "", 0, 0, 0);
  }

  private static Entry entry(long version, JsonNode info) {
    JsonNode metrics = info.path("operationMetrics");
    return new Entry(
        version,
        info.path("userMetadata").asText(""),
        info.path("operation").asText(""),
        metrics.path("numOutputRows").asLong(0),
        metrics.path("numOutputBytes").asLong(0),
        metrics.path("numDeletedRows").asLong(0));
  }

  /** The files that a commit added. */
  List<AddFile> additions(long version) {
    return text(version)
        .lines()
        .filter(line -> line.startsWith("{\"add\":"))
        .map(line -> (AddFile) Action.fromJson(line))
        .toList();
  }

  /** The files that a commit took out, as paths below the table; they stay until a vacuum. */
  List<String> removals(long version) {
    return text(version)
        .lines()
        .filter(line -> line.startsWith("{\"remove\":"))
        .map(line -> ((RemoveFile) Action.fromJson(line)).path())
        .toList();
  }

  private String text(long version) {
    Path file = new Path(folder, String.format(Locale.ROOT, "%020d.json", version));
    return files
        .read(file)
        .orElseThrow(() -> GradusException.storage(file + " is missing. Restore the table."));
  }

  /**
   * The commit with this marker among those after {@code before}; newest first, because ours is
   * almost always the last.
   */
  Optional<Entry> find(String marker, long before) {
    for (long version = latestVersion().orElse(-1L); version > before; version--) {
      Entry entry = entry(version);
      if (entry.marker().equals(marker)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /**
   * What the table is, without replaying its whole log: from the newest checksum file, and from
   * commits after it, which Delta may leave without one.
   */
  Optional<Description> description() {
    JsonNode metadata = MissingNode.getInstance();
    JsonNode protocol = MissingNode.getInstance();
    for (long version = version(); version >= 0; version--) {
      for (JsonNode node : definitions(version)) {
        metadata = metadata.isMissingNode() ? node.path("metaData") : metadata;
        metadata = metadata.isMissingNode() ? node.path("metadata") : metadata;
        protocol = protocol.isMissingNode() ? node.path("protocol") : protocol;
      }
      if (metadata.isObject() && protocol.isObject()) {
        return Optional.of(description(metadata, protocol));
      }
    }
    return Optional.empty();
  }

  /** The data files of the newest version, when its checksum file says. */
  Optional<Long> fileCount() {
    Path checksum = new Path(folder, String.format(Locale.ROOT, "%020d.crc", version()));
    return files
        .read(checksum)
        .flatMap(Json::parse)
        .map(node -> node.path("numFiles"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asLong);
  }

  /** The checksum of a version or, without one, the actions of its commit. */
  private List<JsonNode> definitions(long version) {
    String name = String.format(Locale.ROOT, "%020d", version);
    Optional<JsonNode> checksum = files.read(new Path(folder, name + ".crc")).flatMap(Json::parse);
    return checksum
        .map(List::of)
        .orElseGet(
            () ->
                files
                    .read(new Path(folder, name + ".json"))
                    .orElse("")
                    .lines()
                    .map(Json::parse)
                    .flatMap(Optional::stream)
                    .toList());
  }

  /** A table's definition as its log has it. */
  record Description(
      int readerVersion,
      int writerVersion,
      Map<String, String> properties,
      List<String> partitionBy,
      StructType schema) {}

  private static Description description(JsonNode metadata, JsonNode protocol) {
    Map<String, String> properties = new HashMap<>();
    metadata
        .path("configuration")
        .properties()
        .forEach(property -> properties.put(property.getKey(), property.getValue().asText()));
    List<String> partitionBy = new ArrayList<>();
    metadata.path("partitionColumns").forEach(column -> partitionBy.add(column.asText()));
    return new Description(
        protocol.path("minReaderVersion").asInt(),
        protocol.path("minWriterVersion").asInt(),
        properties,
        partitionBy,
        (StructType) DataType.fromJson(metadata.path("schemaString").asText()));
  }
}
