package io.gradus.lake;

import io.delta.kernel.types.StructType;
import io.gradus.error.GradusException;
import io.gradus.lake.DeltaAppend.Fence;
import io.gradus.table.Columns;
import io.gradus.table.LakeTables;
import io.gradus.table.TableSpec;
import java.io.IOException;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Reads and extends {@code ops.publication}. Each row is one commit under Delta's transaction
 * version, which only rises: a run that was taken over cannot add a row any more, whatever it
 * believes about its lock.
 */
final class PublicationTable {
  private static final TableSpec SPEC = LakeTables.PUBLICATION;
  private static final String APPLICATION = "gradus-publication";
  private static final long NO_TABLE = -1;
  private static final String PUBLISHED = "published";
  private static final String WITHDRAWN = "withdrawn";

  private final SparkSession spark;
  private final LakeFolders folders;
  private final DeltaTables tables;
  private final TableWriter writer;
  private Publications cached = new Publications(List.of());
  private long cachedVersion = NO_TABLE;

  PublicationTable(
      SparkSession spark, LakeFolders folders, DeltaTables tables, TableWriter writer) {
    this.spark = spark;
    this.folders = folders;
    this.tables = tables;
    this.writer = writer;
  }

  /** Every row; read again only when the table's log has grown. */
  Publications read() {
    long version = tables.log(SPEC).latestVersion().orElse(NO_TABLE);
    if (version == NO_TABLE) {
      return new Publications(List.of());
    }
    if (cachedVersion != version) {
      cached = load(version);
      cachedVersion = version;
    }
    return cached;
  }

  private Publications load(long version) {
    try {
      return new Publications(
          new SmallTable(spark.sessionState().newHadoopConf(), folders.table(SPEC))
              .rows(version, PublicationTable::publication));
    } catch (IOException | RuntimeException e) {
      throw StorageFailures.translate("Reading table " + SPEC.path(), e);
    }
  }

  void add(Publication publication, RunRef run, String marker) {
    add(List.of(publication), run, marker);
  }

  /** The current publication, which must be there, once more with some tables at other versions. */
  void addAgain(Map<String, Long> changed, RunRef run, String marker) {
    Publications moment = read();
    Publication current = moment.current().orElseThrow();
    Map<String, Long> versions = new TreeMap<>(current.versions());
    versions.putAll(changed);
    add(current.again(moment.nextSequence(), false, versions), run, marker);
  }

  /** Several rows in one commit. */
  void add(List<Publication> publications, RunRef run, String marker) {
    List<Publication> rows = new ArrayList<>(read().rows());
    rows.addAll(publications);
    cachedVersion =
        commit(publications.stream().map(PublicationTable::row).toList(), run, marker).version();
    cached = new Publications(rows);
  }

  /** Raises the transaction version without a row, so that earlier epochs are shut out at once. */
  void fence(RunRef run, String marker) {
    Publications before = read();
    cachedVersion = commit(List.of(), run, marker).version();
    cached = before;
  }

  private Commit commit(List<Row> rows, RunRef run, String marker) {
    Fence fence = new Fence(APPLICATION, run.lock().nextFencingNumber());
    Commit commit = writer.append(SPEC, rows, run, marker, fence);
    if (commit.rows() != rows.size()) {
      throw GradusException.storage(
          "Table "
              + SPEC.path()
              + " took "
              + commit.rows()
              + " rows instead of "
              + rows.size()
              + ". Run again.");
    }
    return commit;
  }

  private static Row row(Publication publication) {
    return RowFactory.create(
        publication.sequence(),
        publication.runId(),
        Date.valueOf(publication.asOf()),
        publication.withdrawn() ? WITHDRAWN : PUBLISHED,
        publication.epoch(),
        scala(publication.versions()),
        scala(publication.rowCounts()),
        scala(publication.contentHashes()),
        scala(publication.attributes()));
  }

  private static <V> scala.collection.Map<String, V> scala(Map<String, V> map) {
    return scala.jdk.javaapi.CollectionConverters.asScala(map);
  }

  private static Publication publication(io.delta.kernel.data.Row row) {
    StructType schema = row.getSchema();
    return new Publication(
        row.getLong(schema.indexOf(Columns.SEQUENCE)),
        row.getString(schema.indexOf(Columns.RUN_ID)),
        LocalDate.ofEpochDay(row.getInt(schema.indexOf(Columns.SNAPSHOT_DATE))),
        row.getString(schema.indexOf(Columns.STATE)).equals(WITHDRAWN),
        row.getLong(schema.indexOf(Columns.EPOCH)),
        SmallTable.numbers(row.getMap(schema.indexOf(Columns.TABLE_VERSIONS))),
        SmallTable.numbers(row.getMap(schema.indexOf(Columns.ROW_COUNTS))),
        SmallTable.texts(row.getMap(schema.indexOf(Columns.CONTENT_HASHES))),
        SmallTable.texts(row.getMap(schema.indexOf(Columns.ATTRIBUTES))));
  }
}
