package io.gradus.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.grade.Policy;
import io.gradus.grade.PolicyReader;
import io.gradus.job.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A proposal: another policy file that this one extends, and what differs. It becomes a policy when
 * its owner signs the file and the settings name it.
 */
public final class PolicyDraft {
  private final Path base;
  private final Map<String, Double> weights = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> indicators = new LinkedHashMap<>();
  private String name = "proposal";

  private PolicyDraft(Path base) {
    this.base = base;
  }

  /** A draft that differs in nothing yet from a policy file. */
  public static PolicyDraft of(String file) {
    return new PolicyDraft(Path.of(file));
  }

  /** The new policy's name. */
  public PolicyDraft named(String newName) {
    if (!newName.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new IllegalArgumentException(
          "'" + newName + "' is no policy name; use lower-case letters, digits and -");
    }
    this.name = newName;
    return this;
  }

  /** The weight of a dimension; all of them add up to 1. */
  public PolicyDraft weight(String dimension, double weight) {
    weights.put(dimension, weight);
    return this;
  }

  /** The weight of an indicator in its dimension; those of a dimension add up to 1. */
  public PolicyDraft indicator(String dimension, String column, double weight) {
    indicators.computeIfAbsent(dimension, d -> new LinkedHashMap<>()).put(column, weight);
    return this;
  }

  /** The new policy's name. */
  public String name() {
    return name;
  }

  /**
   * The policy as it would be.
   *
   * @throws GradusException (usage) when it is not complete or consistent
   */
  public Policy policy() {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("name", name);
    changes.put("version", "1");
    weights.forEach(
        (dimension, weight) ->
            changes.put("dimensions." + dimension + ".weight", Double.toString(weight)));
    indicators
        .keySet()
        .forEach(
            dimension ->
                changes.put("dimensions." + dimension + ".indicators", indicatorList(dimension)));
    return PolicyReader.read(base.toString(), PolicyDraft::text, changes);
  }

  /**
   * Writes the proposal and reads it back as a night would.
   *
   * @param file where to; its folder is made when absent
   * @param evidence why, line by line, for the owner who is to sign it
   * @return the policy that the file describes
   * @throws GradusException (usage) when it is not complete or consistent
   */
  public Policy write(String file, List<String> evidence) {
    Path path = Path.of(file).toAbsolutePath().normalize();
    Path folder = path.resolveSibling("");
    StringBuilder yaml = new StringBuilder("# A proposal, to be read and signed by the owner.\n");
    evidence.forEach(line -> yaml.append("# ").append(line.replaceAll("\\R", " ")).append('\n'));
    yaml.append("extends: ").append(folder.relativize(base.toAbsolutePath().normalize()));
    yaml.append("\nname: ").append(name).append("\nversion: 1\n");
    yaml.append(dimensions());
    policy();
    try {
      Files.createDirectories(folder);
      Files.writeString(path, yaml.toString());
    } catch (IOException e) {
      throw GradusException.storage(file + " cannot be written", e);
    }
    return Policies.load(path.toString());
  }

  private String dimensions() {
    Set<String> changed = new LinkedHashSet<>(weights.keySet());
    changed.addAll(indicators.keySet());
    StringBuilder yaml = new StringBuilder(changed.isEmpty() ? "" : "dimensions:\n");
    for (String dimension : changed) {
      yaml.append("  ").append(dimension).append(":\n");
      if (weights.containsKey(dimension)) {
        yaml.append("    weight: ").append(weights.get(dimension)).append('\n');
      }
      if (indicators.containsKey(dimension)) {
        yaml.append("    indicators: ").append(indicatorList(dimension)).append('\n');
      }
    }
    return yaml.toString();
  }

  /** A dimension's whole list, as a policy file replaces lists whole. */
  private String indicatorList(String dimension) {
    ArrayNode list = indicatorsOf(dimension);
    Map<String, Double> changes = new LinkedHashMap<>(indicators.getOrDefault(dimension, Map.of()));
    for (JsonNode indicator : list) {
      Double weight = changes.remove(indicator.path("column").asText());
      if (weight != null) {
        ((ObjectNode) indicator).put("weight", weight);
      }
    }
    if (!changes.isEmpty()) {
      throw GradusException.usage(
          base + ": dimension " + dimension + " has no indicator " + changes.keySet());
    }
    return list.toString();
  }

  /** As the file writes them, so that the proposal says no more than the file does. */
  private ArrayNode indicatorsOf(String dimension) {
    ObjectNode tree =
        YamlReader.read(base.toString(), text(base.toString()), Map.of(), ObjectNode.class);
    if (tree.at("/dimensions/" + dimension + "/indicators") instanceof ArrayNode list) {
      return list;
    }
    throw GradusException.usage(base + ": there are no indicators of dimension " + dimension);
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw GradusException.usage("policy: " + file + " cannot be read; check the path");
    }
  }
}
