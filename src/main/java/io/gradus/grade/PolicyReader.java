package io.gradus.grade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Policy files to policies: {@code extends: base.yaml} takes over everything of another file that
 * this one does not say itself, {@code local} gives single values of the scope column their own
 * differences. Mappings are joined key by key, lists are replaced whole.
 */
public final class PolicyReader {
  private static final String EXTENDS = "extends";
  private static final String LOCAL = "local";

  private PolicyReader() {}

  /**
   * Reads a policy.
   *
   * @param file the policy's file name, used in messages and for {@code extends}
   * @param textOf the text of a file, given its name; called for the policy and its parents, whose
   *     names are relative to the file that extends them
   * @param overrides {@code key.path → value} as given by {@code --set}
   * @throws GradusException (usage) naming file, key and the fix
   */
  public static Policy read(
      String file, UnaryOperator<String> textOf, Map<String, String> overrides) {
    ObjectNode tree = withParents(file, textOf, new ArrayList<>());
    ObjectNode overridden =
        YamlReader.read(file, YamlReader.write(tree), overrides, ObjectNode.class);
    return YamlReader.read(
        file, YamlReader.write(expanded(file, overridden)), Map.of(), Policy.class);
  }

  private static ObjectNode withParents(
      String file, UnaryOperator<String> textOf, List<String> children) {
    if (children.contains(file)) {
      children.add(file);
      throw GradusException.usage(
          children.get(0)
              + ": extends goes in a circle: "
              + String.join(" → ", children)
              + "; remove one 'extends'");
    }
    children.add(file);
    ObjectNode tree = YamlReader.read(file, textOf.apply(file), Map.of(), ObjectNode.class);
    JsonNode parent = tree.remove(EXTENDS);
    if (parent == null) {
      return tree;
    }
    if (!parent.isTextual()) {
      throw GradusException.usage(file + ": extends must name one policy file, found " + parent);
    }
    String parentFile = Path.of(file).resolveSibling(parent.asText()).normalize().toString();
    return merge(withParents(parentFile, textOf, children), tree);
  }

  private static ObjectNode expanded(String file, ObjectNode tree) {
    JsonNode local = tree.get(LOCAL);
    if (local == null) {
      return tree;
    }
    if (!(local instanceof ObjectNode differences)) {
      throw GradusException.usage(file + ": local must map values of the scope to differences");
    }
    ObjectNode base = tree.deepCopy();
    base.remove(LOCAL);
    ObjectNode whole = tree.deepCopy();
    ObjectNode policies = whole.putObject(LOCAL);
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    differences.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    entries.forEach(
        (value, difference) -> {
          if (!(difference instanceof ObjectNode changes) || changes.isEmpty()) {
            throw GradusException.usage(
                file + ": local." + value + " says nothing; write what differs there or remove it");
          }
          if (changes.has(LOCAL) || changes.has("scope") || changes.has(EXTENDS)) {
            throw GradusException.usage(
                file + ": local." + value + " cannot have local, scope or extends of its own");
          }
          policies.set(value, merge(base.deepCopy(), changes));
        });
    return whole;
  }

  private static ObjectNode merge(ObjectNode base, ObjectNode changes) {
    changes
        .properties()
        .forEach(
            entry -> {
              JsonNode before = base.get(entry.getKey());
              JsonNode after = entry.getValue();
              base.set(
                  entry.getKey(),
                  before instanceof ObjectNode below && after instanceof ObjectNode above
                      ? merge(below, above)
                      : after);
            });
    return base;
  }
}
