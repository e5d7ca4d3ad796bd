package io.gradus.job;

import static org.apache.spark.sql.functions.col;

import io.gradus.config.CustomerSource;
import io.gradus.config.Settings;
import io.gradus.ingest.MasterRows;
import io.gradus.lake.InputFiles;
import io.gradus.lake.InputOptions;
import io.gradus.lake.Manifest;
import io.gradus.table.Columns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The optional customer master beside the features. */
final class CustomerMaster {
  private CustomerMaster() {}

  /**
   * The features with what the master knows of each customer; unchanged when there is no master.
   */
  static Dataset<Row> join(SparkSession spark, Settings settings, Dataset<Row> features) {
    CustomerSource source = settings.sources().customers();
    if (source == null) {
      return features;
    }
    Manifest manifest =
        InputFiles.plan(spark, source.path(), new InputOptions(false, false, settings.roots()));
    Dataset<Row> master = InputFiles.read(spark, manifest, rows -> MasterRows.map(rows, source));
    MasterRows.requireUnique(master, source.path());
    return features
        .join(master, features.col(Columns.CUSTOMER_ID).equalTo(col(MasterRows.MASTER_ID)), "left")
        .drop(MasterRows.MASTER_ID);
  }
}
