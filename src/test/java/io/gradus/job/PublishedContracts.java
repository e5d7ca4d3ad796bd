package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.lake.Lake;
import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.References;
import io.gradus.table.References.Reference;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Holds the published tables of a lake against the keys and references of their contracts. */
final class PublishedContracts {
  private PublishedContracts() {}

  /** Every key is unique and every reference finds its row; returns the rules that were tested. */
  static List<String> hold(SparkSession spark, String lakeRoot) {
    PublishedTables.open(spark, lakeRoot);
    Lake lake = Lake.openToRead(spark, lakeRoot);
    List<String> questions = new ArrayList<>();
    Stream.of(Silver.tables(), Gold.tables(), Ops.tables())
        .flatMap(List::stream)
        .filter(lake::exists)
        .forEach(table -> questions.add(repeatedKeys(table)));
    References.all().stream()
        .filter(reference -> lake.exists(reference.from()) && lake.exists(reference.to()))
        .forEach(reference -> questions.add(orphans(reference)));
    List<Row> results = spark.sql(String.join(" UNION ALL ", questions)).collectAsList();
    assertThat(results)
        .hasSize(questions.size())
        .allSatisfy(r -> assertThat(r.getLong(1)).as(r.getString(0)).isZero());
    return results.stream().map(r -> r.getString(0)).toList();
  }

  /** Aggregates and ops tables keep every run: their keys are unique within one. */
  private static String repeatedKeys(TableSpec table) {
    String keys = String.join(", ", table.keys());
    return "SELECT 'key of %s' AS rule, count(*) AS broken FROM (SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1)"
        .formatted(table.name(), table.name(), keys);
  }

  private static String orphans(Reference reference) {
    String columns = String.join(", ", reference.columns());
    String known =
        String.join(" AND ", reference.columns().stream().map(c -> c + " IS NOT NULL").toList());
    return ("SELECT '%s of %s in %s' AS rule, count(*) AS broken FROM"
            + " (SELECT DISTINCT %s FROM %s WHERE %s) f LEFT ANTI JOIN %s t USING (%s)")
        .formatted(
            columns,
            reference.from().name(),
            reference.to().name(),
            columns,
            reference.from().name(),
            known,
            reference.to().name(),
            columns);
  }
}
