package io.gradus.lake;

import static org.apache.spark.sql.functions.col;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.LakeTables;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The Delta tables below one root: {@code silver}, {@code gold} and {@code ops}, and the one commit
 * that makes a run visible. Writers see and replace the newest rows; readers use {@link
 * #readPublished} and see exactly one published run in every table.
 */
public final class Lake {
  /** The column by which rows given to {@link #merge} say that they go. */
  public static final String REMOVED = "_removed";

  private static final long CREATED = 0;

  private final SparkSession spark;
  private final SmallFiles files;
  private final LakeFolders folders;
  private final DeltaTables tables;
  private final TableReader reader;
  private final TableWriter writer;
  private final PublicationTable publications;
  private final LakeLayout layout;
  private final RunCommits commits = new RunCommits();
  private int commitNumber;
  private long directBytes;

  private Lake(SparkSession spark, SmallFiles files, LakeFolders folders) {
    this.spark = spark;
    this.files = files;
    this.folders = folders;
    this.tables = new DeltaTables(spark, files, folders);
    this.reader = new TableReader(spark, folders, tables);
    this.writer = new TableWriter(spark, folders, tables);
    this.publications = new PublicationTable(spark, folders, tables, writer);
    this.layout = new LakeLayout(files, folders);
  }

  /**
   * Opens a lake to read and write; its folder is made when absent.
   *
   * @param root a local path or a URI of any Hadoop file system
   * @throws GradusException storage failure when the root cannot be written to, is a folder of
   *     something else, or was laid out by a newer program
   */
  public static Lake open(SparkSession spark, String root) {
    Lake lake = at(spark, root);
    lake.refuseForeign();
    lake.layout.refuseNewer();
    Path probe = lake.folders.internal("probe");
    lake.files.write(probe, "");
    lake.files.delete(probe);
    return lake;
  }

  /**
   * Opens an existing lake to read and write.
   *
   * @throws GradusException usage failure when nothing was ever published there; otherwise as
   *     {@link #open}
   */
  public static Lake openExisting(SparkSession spark, String root) {
    at(spark, root).requirePublication();
    return open(spark, root);
  }

  /**
   * Opens an existing lake to read.
   *
   * @throws GradusException usage failure when nothing was ever published there; storage failure
   *     when another version of the program laid it out
   */
  public static Lake openToRead(SparkSession spark, String root) {
    Lake lake = at(spark, root);
    lake.requirePublication();
    lake.layout.refuseOther();
    return lake;
  }

  private void requirePublication() {
    if (!tables.exists(LakeTables.PUBLICATION)) {
      throw GradusException.usage(
          "There is no lake at " + folders.root() + ". Check --lake, or run a night first.");
    }
  }

  private static Lake at(SparkSession spark, String root) {
    SmallFiles files = new SmallFiles(spark.sessionState().newHadoopConf());
    return new Lake(spark, files, new LakeFolders(LakeFolders.qualified(files, root)));
  }

  private void refuseForeign() {
    if (files.list(folders.root()).stream()
        .anyMatch(entry -> entry.getPath().getName().equals("_delta_log"))) {
      throw GradusException.storage(
          "The lake's folder " + folders.root() + " is itself a table. Choose another folder.");
    }
  }

  /** The root with its scheme. */
  public String root() {
    return folders.root().toString();
  }

  /**
   * Starts a run under a lock: a run that took over from a dead one fences that one first, and the
   * first run on a lake of an earlier layout migrates it.
   *
   * @throws GradusException fenced when a later run holds the lake by now
   */
  public RunRef begin(RunLock lock, String runId, LocalDate asOf) {
    lock.verifyHeld();
    RunRef run = new RunRef(runId, asOf, lock);
    if (!tables.exists(LakeTables.PUBLICATION)) {
      layout.record();
    }
    tables.ensure(LakeTables.PUBLICATION, marker(run));
    if (lock.takenOver()) {
      publications.fence(run, marker(run));
    }
    if (layout.found() < LakeLayout.CURRENT) {
      new LakeMigration(this).run(run);
      layout.record();
    }
    commits.begin(run);
    return run;
  }

  /**
   * Creates the tables that are missing and checks the others, before anything is computed.
   *
   * @throws GradusException storage failure for a table that is not ours, does not fit its contract
   *     or was written by a newer program
   */
  public void prepare(RunRef run, Collection<TableSpec> specs) {
    specs.forEach(spec -> tables.ensure(spec, marker(run)));
  }

  /** Whether the table was ever created. */
  public boolean exists(TableSpec spec) {
    return tables.exists(spec);
  }

  /** The table's newest Delta version, published or not. */
  public long version(TableSpec spec) {
    return tables.log(spec).version();
  }

  /** The table's newest rows, published or not: what a writer continues from after a restore. */
  public Dataset<Row> read(TableSpec spec) {
    return commits
        .whole(spec)
        .filter(commit -> spec.partitionBy().isEmpty() && commit.version() == version(spec))
        .map(commit -> reader.added(spec, commit))
        .orElseGet(() -> reader.at(spec, Optional.empty()));
  }

  /** The rows in the files that this run's commit added to a table that is not cut into folders. */
  public Dataset<Row> added(TableSpec spec, RunRef run) {
    return reader.added(spec, commits.of(run, spec));
  }

  /** The rows in the files that this run's commit took out of such a table. */
  public Dataset<Row> removed(TableSpec spec, RunRef run) {
    return reader.removed(spec, commits.of(run, spec));
  }

  /** The table as it was at a version. */
  public Dataset<Row> read(TableSpec spec, long version) {
    return reader.at(spec, Optional.of(version));
  }

  /** Replaces all rows of the table. */
  public Commit overwrite(TableSpec spec, Dataset<Row> rows, RunRef run) {
    tables.ensure(spec, marker(run));
    boolean empty = version(spec) == CREATED;
    // To replace nothing, Delta would first compute what there is to replace.
    Commit commit = write(spec, rows, run, empty ? "append" : "overwrite", Map.of());
    commits.addWhole(run, commit);
    return commit;
  }

  /**
   * Like {@link #overwrite(TableSpec, Dataset, RunRef)} for a few rows that are at hand.
   *
   * @param rows values in the order of the table's columns
   */
  public Commit overwrite(TableSpec spec, List<Row> rows, RunRef run) {
    tables.ensure(spec, marker(run));
    if (version(spec) != CREATED || !Partition.isOne(spec)) {
      return overwrite(spec, spark.createDataFrame(rows, spec.schema()), run);
    }
    Commit commit = counted(writer.append(spec, rows, run, marker(run), null));
    commits.addWhole(run, commit);
    return commit;
  }

  /** Adds rows. What an unpublished run left in a silver or gold table goes first. */
  public Commit append(TableSpec spec, Dataset<Row> rows, RunRef run) {
    settle(spec, run);
    return write(spec, rows, run, "append", Map.of());
  }

  /** Takes back what an unpublished run left in a table; records of runs in {@code ops} stay. */
  void settle(TableSpec spec, RunRef run) {
    if (!spec.layer().equals("ops") && !commits.has(run, spec) && !clean(spec)) {
      setBack(spec.path(), publishedVersion(spec), run);
    }
  }

  /** Makes a version of a table its newest, unless it is. */
  void setBack(String table, long version, RunRef run) {
    run.lock().verifyHeld();
    if (tables.log(table).version() != version) {
      tables.restore(table, version, marker(run));
    }
  }

  /**
   * Replaces the rows of this run's as-of date in a table cut by {@value Columns#SNAPSHOT_DATE}, of
   * this run in any other; leaves the others.
   */
  public Commit replaceRun(TableSpec spec, Dataset<Row> rows, RunRef run) {
    if (isFirstWrite(spec, run)) {
      // An append is one Spark job; a replacement first computes the table's file list.
      return write(spec, rows, run, "append", Map.of());
    }
    String condition =
        isDated(spec)
            ? Columns.SNAPSHOT_DATE + " = DATE'" + run.asOf() + "'"
            : Columns.RUN_ID + " = '" + run.runId() + "'";
    return replaceWhere(spec, rows, condition, run);
  }

  /**
   * Like {@link #replaceRun(TableSpec, Dataset, RunRef)} for a few rows that are at hand.
   *
   * @param rows values in the order of the table's columns
   */
  public Commit replaceRun(TableSpec spec, List<Row> rows, RunRef run) {
    if (!isFirstWrite(spec, run) || !Partition.isOne(spec)) {
      return replaceRun(spec, spark.createDataFrame(rows, spec.schema()), run);
    }
    Commit commit = counted(writer.append(spec, rows, run, marker(run), null));
    remember(run, commit);
    return commit;
  }

  /**
   * Like {@link #replaceRun(TableSpec, Dataset, RunRef)} for the rows that this run has just made
   * another table of: where nothing is replaced, their files are copied.
   *
   * @param from a table of the same columns that is not cut into folders
   */
  public Commit replaceRun(TableSpec spec, TableSpec from, RunRef run) {
    if (!isFirstWrite(spec, run)) {
      return replaceRun(spec, read(from), run);
    }
    Commit commit = counted(writer.copy(from, commits.of(run, from), spec, run, marker(run)));
    remember(run, commit);
    return commit;
  }

  private Commit counted(Commit commit) {
    directBytes += commit.bytes();
    return commit;
  }

  /** Bytes of the data files so far of which no Spark task tells: rows at hand, and copies. */
  public long directBytes() {
    return directBytes;
  }

  private boolean isFirstWrite(TableSpec spec, RunRef run) {
    tables.ensure(spec, marker(run));
    Publications moment = published();
    boolean writtenBefore =
        isDated(spec)
            ? moment.ofDate(run.asOf()).isPresent()
            : moment.ofRun(run.runId()).isPresent();
    return !writtenBefore && !commits.has(run, spec) && clean(spec);
  }

  private static boolean isDated(TableSpec spec) {
    return spec.partitionBy().contains(Columns.SNAPSHOT_DATE);
  }

  /**
   * Replaces the rows that meet a condition by rows that all meet it.
   *
   * @param condition a SQL condition on the table's columns; on partition columns it costs no scan
   */
  public Commit replaceWhere(TableSpec spec, Dataset<Row> rows, String condition, RunRef run) {
    return write(spec, rows, run, "overwrite", Map.of("replaceWhere", condition));
  }

  /**
   * Replaces the rows that have the key of a given one, adds those whose key is new, and deletes
   * those that are given with {@value #REMOVED}. What an unpublished run left goes first. Files
   * without such a row stay as they are.
   *
   * @param changes the table's columns and {@value #REMOVED}, each key once
   * @param among a condition on the first column it names that every row to replace or delete
   *     meets, by which files are passed over: {@code "day BETWEEN DATE'…' AND DATE'…'"}
   */
  public Commit merge(TableSpec spec, Dataset<Row> changes, String among, RunRef run) {
    tables.ensure(spec, marker(run));
    settle(spec, run);
    Commit commit = new TableMerge(this).merge(spec, changes, among, run);
    remember(run, commit);
    return commit;
  }

  private Commit write(
      TableSpec spec, Dataset<Row> rows, RunRef run, String mode, Map<String, String> options) {
    tables.ensure(spec, marker(run));
    Commit commit = writer.write(spec, rows, run, mode, options, marker(run));
    remember(run, commit);
    return commit;
  }

  void remember(RunRef run, Commit commit) {
    commits.add(run, commit);
  }

  private boolean clean(TableSpec spec) {
    return tables.log(spec).latestVersion().orElse(0L) == publishedVersion(spec);
  }

  private long publishedVersion(TableSpec spec) {
    return published()
        .current()
        .map(publication -> publication.versions().getOrDefault(spec.path(), 0L))
        .orElse(0L);
  }

  /**
   * Makes the run visible by one commit: its tables at the versions it wrote, every other table at
   * the version of the publication before.
   *
   * @param attributes provenance kept with the publication
   * @throws GradusException fenced when a later run has taken over
   */
  public Publication publish(RunRef run, Map<String, String> attributes) {
    Publications before = published();
    Map<String, Long> versions = new TreeMap<>();
    before.current().ifPresent(publication -> versions.putAll(publication.versions()));
    Map<String, Long> rowCounts = new TreeMap<>();
    Map<String, String> hashes = new TreeMap<>();
    commits
        .all()
        .forEach(
            (table, commit) -> {
              versions.put(table, commit.version());
              rowCounts.put(table, commit.rows());
              hashes.put(table, commit.contentHash());
            });
    Publication publication =
        new Publication(
            before.nextSequence(),
            run.runId(),
            run.asOf(),
            false,
            run.lock().epoch(),
            versions,
            rowCounts,
            hashes,
            attributes);
    FailPoints.reach("before-publish");
    publications.add(publication, run, marker(run));
    FailPoints.reach("after-publish");
    return publication;
  }

  /** What is published now. */
  public Publications published() {
    return publications.read();
  }

  /**
   * The rows readers see: at the version of the current publication and, in tables that keep
   * several as-of dates, of the run that counts for each date.
   *
   * @throws GradusException usage failure when nothing is published
   */
  public Dataset<Row> readPublished(TableSpec spec) {
    return readPublished(spec, published());
  }

  /** Like {@link #readPublished(TableSpec)}, for several tables at the same moment. */
  public Dataset<Row> readPublished(TableSpec spec, Publications moment) {
    Publication current = requireCurrent(moment);
    Dataset<Row> rows =
        reader.published(spec, Optional.ofNullable(current.versions().get(spec.path())));
    return hasColumn(spec, Columns.SNAPSHOT_DATE) && hasColumn(spec, Columns.RUN_ID)
        ? rows.filter(col(Columns.RUN_ID).isInCollection(moment.runIds()))
        : rows;
  }

  /**
   * The publication that readers see.
   *
   * @throws GradusException usage failure when nothing is published
   */
  Publication requireCurrent(Publications moment) {
    return moment
        .current()
        .orElseThrow(() -> GradusException.usage("Nothing is published in " + root() + " yet."));
  }

  private static boolean hasColumn(TableSpec spec, String name) {
    return spec.columns().stream().anyMatch(column -> column.name().equals(name));
  }

  String marker(RunRef run) {
    commitNumber++;
    return Json.write(
        Map.of("run_id", run.runId(), "epoch", run.lock().epoch(), "commit", commitNumber));
  }

  DeltaTables tables() {
    return tables;
  }

  PublicationTable publicationTable() {
    return publications;
  }

  LakeFolders folders() {
    return folders;
  }

  SmallFiles files() {
    return files;
  }

  SparkSession spark() {
    return spark;
  }

  /** The rows this run wrote into a table so far. */
  Commit written(RunRef run, TableSpec spec) {
    return commits.of(run, spec);
  }
}
