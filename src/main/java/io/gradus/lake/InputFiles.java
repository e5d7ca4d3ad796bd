package io.gradus.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.url_decode;

import io.gradus.error.GradusException;
import io.gradus.lake.ParquetFooters.Footer;
import io.gradus.table.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Plans and reads a source's Parquet files: an explicit list first, then exactly these files. Every
 * failure is an input failure that names the file.
 */
public final class InputFiles {
  private static final Pattern PATTERN_CHARACTER = Pattern.compile("[\\[\\]{}*?\\\\]");

  private InputFiles() {}

  /**
   * Lists, checks and hashes the files of a source.
   *
   * @param source a file or folder: a local path or a URI of any Hadoop file system; no globs
   * @throws GradusException input failure for a missing path, a folder without data files, an
   *     undeclared sub-folder, a link that loops or leaves the source, an empty, unreadable,
   *     encrypted, cut-off or growing file, or columns that differ in case only; usage failure for
   *     a source outside {@code options.roots}
   */
  public static Manifest plan(SparkSession spark, String source, InputOptions options) {
    return plan(spark, source, options, Optional.empty());
  }

  /**
   * Like {@link #plan(SparkSession, String, InputOptions)}, but a file whose path, size and time
   * stand in {@code earlier} is what it was and is not opened.
   */
  public static Manifest plan(
      SparkSession spark, String source, InputOptions options, Optional<Manifest> earlier) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    Path path = qualified(source, configuration);
    FileSystem fs = new SmallFiles(configuration).fileSystem(path);
    FolderListing listing = FolderListing.of(fs, path, options.recursive());
    listing.requireBelow(
        options.roots().stream().map(root -> qualified(root, configuration)).toList());
    if (listing.files().isEmpty() && !options.allowEmpty()) {
      throw GradusException.input(
          "Input folder "
              + path
              + " holds no data files ("
              + listing.ignored().size()
              + " hidden). Deliver files or set allow_empty: true.");
    }
    ParquetFooters footers =
        new ParquetFooters(
            configuration, new ParquetToSparkSchemaConverter(spark.sessionState().conf()));
    Map<String, InputFile> known = new HashMap<>();
    earlier.ifPresent(old -> old.files().forEach(file -> known.put(file.path(), file)));
    earlier.ifPresent(old -> old.duplicates().forEach(file -> known.put(file.path(), file)));
    List<InputFile> files = new ArrayList<>();
    for (FileStatus status : listing.files()) {
      files.add(describe(status, footers, known.get(status.getPath().toString())));
    }
    refuseChanged(fs, files);
    return withoutDuplicates(path.toString(), files, listing.ignored());
  }

  /**
   * Reads the files of a manifest. All files must have equal columns; order and nullability may
   * differ. {@link #read(SparkSession, Manifest, UnaryOperator)} reads files of several shapes.
   *
   * @return the files' columns, {@value Columns#SOURCE_FILE}, the base name of the row's file, and
   *     {@value Columns#SOURCE_ROW}, its position there from 0
   */
  public static Dataset<Row> read(SparkSession spark, Manifest manifest) {
    refuseMixedSchemas(manifest);
    return read(spark, manifest, UnaryOperator.identity());
  }

  /**
   * Reads the files of a manifest, each group of equal schema by itself, and unites what {@code
   * normalise} makes of each group by column name.
   *
   * @param normalise maps a group's own columns and {@value Columns#SOURCE_FILE} to the common
   *     ones; every group must come out with the same names
   */
  public static Dataset<Row> read(
      SparkSession spark, Manifest manifest, UnaryOperator<Dataset<Row>> normalise) {
    Dataset<Row> all = null;
    for (Map.Entry<StructType, List<InputFile>> group : manifest.bySchema().entrySet()) {
      Dataset<Row> rows = normalise.apply(readGroup(spark, group.getKey(), group.getValue()));
      all = all == null ? rows : all.unionByName(rows);
    }
    if (all == null) {
      throw GradusException.input("Input " + manifest.source() + " has no file to read.");
    }
    return all;
  }

  /**
   * Checks after reading that no file was replaced, grew or vanished since the plan.
   *
   * @throws GradusException input failure naming the file
   */
  public static void verifyUnchanged(SparkSession spark, Manifest manifest) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    FileSystem fs =
        new SmallFiles(configuration).fileSystem(qualified(manifest.source(), configuration));
    refuseChanged(fs, manifest.files());
  }

  /**
   * Refuses a source that is the lake, holds it, or lies in one of its own folders: a run would
   * read what it writes.
   *
   * @param key the source's key in the configuration, for the message
   * @throws GradusException usage failure naming the key
   */
  public static void requireApart(SparkSession spark, String key, String source, String lake) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    String input = resolved(qualified(source, configuration));
    String output = resolved(LakeFolders.qualified(new SmallFiles(configuration), lake));
    boolean holds = (output + "/").startsWith(input.endsWith("/") ? input : input + "/");
    boolean within =
        LakeFolders.OWN.stream()
            .anyMatch(own -> (input + "/").startsWith(output + "/" + own + "/"));
    if (holds || within) {
      throw GradusException.usage(
          key
              + ": "
              + source
              + " and the lake "
              + lake
              + " overlap, so that a run would read what it writes. Choose another lake.");
    }
  }

  /** Local paths with links and dots resolved. */
  private static String resolved(Path path) {
    if (!"file".equals(path.toUri().getScheme())) {
      return path.toString();
    }
    try {
      return new java.io.File(path.toUri().getPath()).getCanonicalPath();
    } catch (IOException e) {
      throw GradusException.storage("Path " + path + " cannot be resolved: " + e.getMessage(), e);
    }
  }

  private static Dataset<Row> readGroup(
      SparkSession spark, StructType schema, List<InputFile> files) {
    String[] paths =
        files.stream().map(file -> withoutPatterns(file.path())).toArray(String[]::new);
    for (String own : List.of(Columns.SOURCE_FILE, Columns.SOURCE_ROW)) {
      if (List.of(schema.fieldNames()).contains(own)) {
        throw GradusException.input(
            "Input "
                + files.get(0).path()
                + " has a column "
                + own
                + ", a name Gradus uses itself. Rename it.");
      }
    }
    return spark
        .read()
        .schema(schema)
        .parquet(paths)
        .select(
            col("*"),
            fileName(files).as(Columns.SOURCE_FILE),
            col("_metadata.row_index").as(Columns.SOURCE_ROW));
  }

  /**
   * Spark takes [ ] { } * ? in a path for a pattern. Its own switch against that ({@code
   * __globPaths__}) reads every file once per path with such a character, so they are escaped.
   */
  static String withoutPatterns(String path) {
    return PATTERN_CHARACTER.matcher(path).replaceAll("\\\\$0");
  }

  /** Spark's metadata column spells names URL-encoded; decoding costs, so only where it differs. */
  private static Column fileName(List<InputFile> files) {
    Column encoded = col("_metadata.file_name");
    boolean plain =
        files.stream()
            .map(file -> new Path(file.path()).toUri())
            .allMatch(uri -> uri.getRawPath().equals(uri.getPath()));
    return plain ? encoded : url_decode(replace(encoded, lit("+"), lit("%2B")));
  }

  private static void refuseMixedSchemas(Manifest manifest) {
    Map<String, InputFile> shapes = new LinkedHashMap<>();
    for (InputFile file : manifest.files()) {
      shapes.putIfAbsent(shape(file.schema()), file);
    }
    if (shapes.size() > 1) {
      List<Map.Entry<String, InputFile>> different = List.copyOf(shapes.entrySet());
      throw GradusException.input(
          "Input "
              + different.get(1).getValue().path()
              + " has the columns "
              + different.get(1).getKey()
              + ", but "
              + different.get(0).getValue().path()
              + " has "
              + different.get(0).getKey()
              + ". Deliver files of one shape.");
    }
  }

  private static String shape(StructType schema) {
    return Arrays.stream(schema.fields())
        .sorted(Comparator.comparing(StructField::name))
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .collect(Collectors.joining(", "));
  }

  private static InputFile describe(
      FileStatus status, ParquetFooters footers, @Nullable InputFile known) {
    if (known != null
        && known.sizeBytes() == status.getLen()
        && known.modifiedMillis() == status.getModificationTime()) {
      return known;
    }
    Footer footer = footers.read(status);
    return new InputFile(
        status.getPath().toString(),
        status.getPath().getName(),
        status.getLen(),
        status.getModificationTime(),
        footer.rows(),
        footer.schema(),
        footers.contentHash(status));
  }

  private static void refuseChanged(FileSystem fs, List<InputFile> files) {
    for (InputFile file : files) {
      try {
        FileStatus now = fs.getFileStatus(new Path(file.path()));
        if (now.getLen() != file.sizeBytes()
            || now.getModificationTime() != file.modifiedMillis()) {
          throw GradusException.input(
              "Input "
                  + file.path()
                  + " changed while it was read: "
                  + file.sizeBytes()
                  + " bytes before, "
                  + now.getLen()
                  + " after. Run again when it is complete.");
        }
      } catch (IOException e) {
        throw GradusException.input(
            "Input " + file.path() + " vanished while it was read. Deliver it again.", e);
      }
    }
  }

  private static Manifest withoutDuplicates(
      String source, List<InputFile> files, List<String> ignored) {
    Set<String> contents = new HashSet<>();
    List<InputFile> first = new ArrayList<>();
    List<InputFile> repeated = new ArrayList<>();
    for (InputFile file : files) {
      (contents.add(file.contentHash()) ? first : repeated).add(file);
    }
    return new Manifest(source, first, repeated, ignored);
  }

  private static Path qualified(String source, Configuration configuration) {
    if (source.isBlank()) {
      throw GradusException.usage("The path of a source is empty. Name a file or a folder.");
    }
    Path path = new Path(source);
    return new SmallFiles(configuration).fileSystem(path).makeQualified(path);
  }
}
