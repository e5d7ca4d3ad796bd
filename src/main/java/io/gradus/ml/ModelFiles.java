package io.gradus.ml;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Saves a fitted model as two readable parts: Spark's parameter metadata in {@code metadata/} and
 * the learned numbers as indented JSON in {@code learned.json}. Doubles keep every digit, so a
 * loaded model gives bit-identical results. The learned numbers are a record of plain values.
 */
public final class ModelFiles {
  private static final String LEARNED = "learned.json";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ModelFiles() {}

  /**
   * The writer of one model.
   *
   * @param model gives uid and parameters
   * @param learned a record of plain values, lists and arrays
   */
  public static MLWriter writer(Params model, Object learned) {
    return new Writer(model, learned);
  }

  /**
   * The reader of one model class.
   *
   * @param modelClass refused when the folder holds another class
   * @param learnedClass the record that {@code learned.json} holds
   * @param make builds the model from its uid and what it learned
   */
  public static <M extends Params, L> MLReader<M> reader(
      Class<M> modelClass, Class<L> learnedClass, BiFunction<String, L, M> make) {
    return new Reader<>(modelClass, learnedClass, make);
  }

  private static FileSystem fileSystem(Path path, SparkSession spark) throws IOException {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    return path.getFileSystem(hadoop);
  }

  private static final class Writer extends MLWriter {
    private final Params model;
    private final Object learned;

    Writer(Params model, Object learned) {
      this.model = model;
      this.learned = learned;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
      Path file = new Path(path, LEARNED);
      try (OutputStream out = fileSystem(file, sparkSession()).create(file, true)) {
        out.write(JSON.writeValueAsBytes(learned));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file, e);
      }
    }
  }

  private static final class Reader<M extends Params, L> extends MLReader<M> {
    private final Class<M> modelClass;
    private final Class<L> learnedClass;
    private final BiFunction<String, L, M> make;

    Reader(Class<M> modelClass, Class<L> learnedClass, BiFunction<String, L, M> make) {
      this.modelClass = modelClass;
      this.learnedClass = learnedClass;
      this.make = make;
    }

    @Override
    public M load(String path) {
      var metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), modelClass.getName());
      Path file = new Path(path, LEARNED);
      try (InputStream in = fileSystem(file, sparkSession()).open(file)) {
        M model = make.apply(metadata.uid(), JSON.readValue(in, learnedClass));
        metadata.getAndSetParams(model, Option.empty());
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }
}
