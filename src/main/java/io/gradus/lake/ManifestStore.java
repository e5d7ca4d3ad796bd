package io.gradus.lake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The inputs of past runs, each a small file below the lake under the hash of what it led to. One
 * that is missing, or was cut off while it was written, is as good as none: what rests on it is
 * then made anew.
 */
public final class ManifestStore {
  private static final String FOLDER = "input";
  private static final String SUFFIX = ".json";

  private final SmallFiles files;
  private final LakeFolders folders;

  /** The manifests of a lake. */
  public ManifestStore(Lake lake) {
    this.files = lake.files();
    this.folders = lake.folders();
  }

  /** Keeps a manifest under a name made of letters and digits. */
  public void save(String name, Manifest manifest) {
    List<String> schemas = new ArrayList<>();
    Map<String, Object> values =
        Map.of(
            "source", manifest.source(),
            "files", manifest.files().stream().map(file -> written(file, schemas)).toList(),
            "duplicates",
                manifest.duplicates().stream().map(file -> written(file, schemas)).toList(),
            "schemas", schemas);
    files.write(folders.internal(FOLDER + "/" + name + SUFFIX), Json.write(values));
  }

  /** The manifest kept under a name. */
  public Optional<Manifest> load(String name) {
    return files
        .read(folders.internal(FOLDER + "/" + name + SUFFIX))
        .flatMap(Json::parse)
        .map(ManifestStore::manifest);
  }

  /** Deletes every manifest but these. */
  public void keepOnly(Set<String> names) {
    files.list(folders.internal(FOLDER)).stream()
        .filter(entry -> !names.contains(entry.getPath().getName().replace(SUFFIX, "")))
        .forEach(entry -> files.delete(entry.getPath()));
  }

  /** Most files share one schema, which is written once. */
  private static Map<String, Object> written(InputFile file, List<String> schemas) {
    String schema = file.schema().json();
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return Map.of(
        "path", file.path(),
        "name", file.name(),
        "size", file.sizeBytes(),
        "modified", file.modifiedMillis(),
        "rows", file.rows(),
        "schema", schemas.indexOf(schema),
        "hash", file.contentHash());
  }

  private static Manifest manifest(JsonNode node) {
    Map<Integer, StructType> schemas = new HashMap<>();
    node.path("schemas")
        .forEach(
            text -> schemas.put(schemas.size(), (StructType) DataType.fromJson(text.asText())));
    return new Manifest(
        node.path("source").asText(),
        files(node.path("files"), schemas),
        files(node.path("duplicates"), schemas),
        List.of());
  }

  private static List<InputFile> files(JsonNode nodes, Map<Integer, StructType> schemas) {
    List<InputFile> result = new ArrayList<>();
    nodes.forEach(
        node ->
            result.add(
                new InputFile(
                    node.path("path").asText(),
                    node.path("name").asText(),
                    node.path("size").asLong(),
                    node.path("modified").asLong(),
                    node.path("rows").asLong(),
                    schemas.getOrDefault(node.path("schema").asInt(), new StructType()),
                    node.path("hash").asText())));
    return result;
  }
}
