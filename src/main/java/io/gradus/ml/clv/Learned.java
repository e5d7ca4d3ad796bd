package io.gradus.ml.clv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.error.GradusException;
import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.json4s.AsJsonInput;
import org.json4s.JObject;
import org.json4s.jackson.JsonMethods$;
import scala.Option;

/**
 * How this package's models are stored: what was learned is a JSON object beside the params in the
 * metadata file that Spark ML writes. The only place that uses Spark's internal persistence.
 */
final class Learned {
  private static final String FIELD = "learned";
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Learned() {}

  /** Writes a model with what it learned. */
  static final class Writer extends MLWriter {
    private final Params model;
    private final Object learned;

    Writer(Params model, Object learned) {
      this.model = model;
      this.learned = learned;
    }

    @Override
    public void saveImpl(String path) {
      String json = toJson(learned);
      JObject extra =
          (JObject)
              JsonMethods$.MODULE$.parse(
                  "{\"" + FIELD + "\":" + json + "}", false, true, AsJsonInput.stringAsJsonInput());
      DefaultParamsWriter.saveMetadata(model, path, sparkSession(), Option.apply(extra));
    }
  }

  /** Reads a model with what it learned. */
  static final class Reader<L, M extends Params> extends MLReader<M> {
    private final Class<M> modelClass;
    private final Class<L> learnedClass;
    private final BiFunction<String, L, M> constructor;

    Reader(Class<M> modelClass, Class<L> learnedClass, BiFunction<String, L, M> constructor) {
      this.modelClass = modelClass;
      this.learnedClass = learnedClass;
      this.constructor = constructor;
    }

    @Override
    public M load(String path) {
      Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sparkSession(), modelClass.getName());
      M model = constructor.apply(metadata.uid(), fromJson(path, metadata.metadataJson()));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }

    private L fromJson(String path, String json) {
      try {
        JsonNode learned = JSON.readTree(json).path(FIELD);
        return JSON.treeToValue(learned, learnedClass);
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw GradusException.storage("model " + path + " cannot be read: " + e.getMessage(), e);
      }
    }
  }

  private static String toJson(Object learned) {
    try {
      return JSON.writeValueAsString(learned);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a model's numbers must be plain records", e);
    }
  }
}
