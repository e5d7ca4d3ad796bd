package io.gradus.job;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;

import io.gradus.error.GradusException;
import io.gradus.report.CustomerPage;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks up everything that one page says of one customer. */
public final class ExplainJob {
  private final SparkSession spark;

  public ExplainJob(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The customer's page.
   *
   * @throws GradusException (usage) when no such customer is published
   */
  public String run(String lake, String customer) {
    PublishedTables tables = PublishedTables.open(spark, lake);
    List<Row> found = rows(tables, Gold.CUSTOMER_360, customer).collectAsList();
    if (found.isEmpty()) {
      throw GradusException.usage(
          "no customer '" + customer + "' is published in " + lake + "; check the id");
    }
    return CustomerPage.of(
        found.get(0),
        rows(tables, Gold.SCORE_CONTRIBUTION, customer)
            .orderBy(abs(col(Columns.CONTRIBUTION)).desc(), col(Columns.INDICATOR))
            .collectAsList(),
        tables.has(Gold.GRADE_CHANGE)
            ? rows(tables, Gold.GRADE_CHANGE, customer).collectAsList()
            : List.of(),
        rows(tables, Gold.CUSTOMER_SNAPSHOT, customer)
            .orderBy(col(Columns.SNAPSHOT_DATE))
            .collectAsList());
  }

  private static org.apache.spark.sql.Dataset<Row> rows(
      PublishedTables tables, io.gradus.table.TableSpec table, String customer) {
    return tables.table(table).where(col(Columns.CUSTOMER_ID).equalTo(customer));
  }
}
