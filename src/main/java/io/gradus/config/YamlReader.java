package io.gradus.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gradus.error.GradusException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * YAML text to records, as data only: no tags, few aliases, no duplicate keys, no unknown keys.
 * Keys are snake_case. Every refusal is one line that names the file, the key's path and the value
 * found.
 */
public final class YamlReader {
  private static final int MAX_ALIASES = 20;
  private static final int MAX_CODE_POINTS = 1_000_000;
  private static final ObjectMapper MAPPER = mapper();

  private YamlReader() {}

  /**
   * Reads one document.
   *
   * @param source the file's name, used in messages
   * @param text the YAML document
   * @param overrides {@code key.path → value}, as given by {@code --set}; values are YAML scalars
   * @param type the record to build; its compact constructor sets defaults and refuses bad values
   *     by {@link IllegalArgumentException}
   * @throws GradusException (usage) naming file, key and value when anything is wrong
   */
  public static <T> T read(
      String source, String text, Map<String, String> overrides, Class<T> type) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      ObjectNode root = tree instanceof ObjectNode object ? object : emptyOrFail(source, tree);
      overrides.forEach((path, value) -> override(root, path, value));
      return MAPPER.treeToValue(root, type);
    } catch (JsonProcessingException e) {
      throw GradusException.usage(source + ": " + describe(e));
    }
  }

  /**
   * The record as canonical YAML with all defaults in place; the same record gives the same text.
   */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  /** The candidate nearest to a mistyped word by edit distance, or null when none is close. */
  public static @Nullable String nearest(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(c -> distance(word, c) <= Math.max(2, word.length() / 2))
        .min(Comparator.<String>comparingInt(c -> distance(word, c)).thenComparing(c -> c))
        .orElse(null);
  }

  private static ObjectMapper mapper() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setAllowDuplicateKeys(false);
    YAMLFactory factory = YAMLFactory.builder().loaderOptions(options).build();
    factory.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
    return YAMLMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .addModule(new JavaTimeModule())
        .build();
  }

  private static ObjectNode emptyOrFail(String source, JsonNode tree) {
    if (tree.isMissingNode() || tree.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    throw GradusException.usage(
        source + ": must be a mapping of keys, found " + tree.getNodeType());
  }

  private static void override(ObjectNode root, String path, String value) {
    String[] keys = path.split("\\.", -1);
    ObjectNode node = root;
    for (String key : Arrays.asList(keys).subList(0, keys.length - 1)) {
      JsonNode child = node.get(key);
      node = child instanceof ObjectNode object ? object : node.putObject(key);
    }
    try {
      node.set(keys[keys.length - 1], MAPPER.readTree(value));
    } catch (JsonProcessingException e) {
      throw GradusException.usage("--set " + path + ": cannot read the value '" + value + "'");
    }
  }

  private static String describe(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds() == null
              ? List.of()
              : unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
      String near = nearest(unknown.getPropertyName(), known);
      return "unknown key '"
          + path(unknown)
          + "'"
          + (near == null
              ? "; known keys: " + String.join(", ", known)
              : "; did you mean '" + near + "'?");
    }
    if (e instanceof ValueInstantiationException invalid && invalid.getCause() != null) {
      String path = path(invalid);
      return (path.isEmpty() ? "" : path + ": ") + oneLine(invalid.getCause().getMessage());
    }
    if (e instanceof InvalidFormatException format) {
      return path(format) + ": cannot use '" + format.getValue() + "'" + expected(format);
    }
    if (e instanceof MismatchedInputException mismatch) {
      return path(mismatch) + ": " + oneLine(mismatch.getOriginalMessage());
    }
    return oneLine(e.getOriginalMessage())
        + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")");
  }

  private static String expected(InvalidFormatException e) {
    Class<?> type = e.getTargetType();
    if (type != null && type.isEnum()) {
      return "; use one of "
          + Arrays.stream(type.getEnumConstants())
              .map(c -> c.toString().toLowerCase(java.util.Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return type == null ? "" : "; expected " + type.getSimpleName();
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String oneLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
