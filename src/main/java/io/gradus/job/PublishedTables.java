package io.gradus.job;

import io.gradus.error.GradusException;
import io.gradus.lake.Lake;
import io.gradus.lake.Publications;
import io.gradus.report.TextTable.Result;
import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NameParameterizedQuery;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The published tables of a lake under their names, all of the same publication. */
public final class PublishedTables {
  private final SparkSession spark;
  private final List<TableSpec> tables;

  private PublishedTables(SparkSession spark, List<TableSpec> tables) {
    this.spark = spark;
    this.tables = tables;
  }

  /**
   * Registers every published table as a temporary view of its own name.
   *
   * @throws GradusException (usage) when nothing is published there
   */
  public static PublishedTables open(SparkSession spark, String lakeRoot) {
    Lake lake = Lake.openToRead(spark, lakeRoot);
    Publications moment = lake.published();
    List<TableSpec> tables = AllTables.list().stream().filter(lake::exists).toList();
    tables.forEach(table -> register(lake, table, moment));
    return new PublishedTables(spark, tables);
  }

  /** The contracts of the tables that can be asked, in the order gold, silver, ops. */
  public List<TableSpec> tables() {
    return tables;
  }

  /** Whether the table was ever published. */
  public boolean has(TableSpec table) {
    return has(table.name());
  }

  /** Whether the table of this name was ever published. */
  boolean has(String table) {
    return spark.catalog().tableExists(table);
  }

  /** One of the published tables. */
  public Dataset<Row> table(TableSpec table) {
    return spark.table(table.name());
  }

  /**
   * Asks one question.
   *
   * @param limit most rows to return
   * @throws GradusException (usage) when it is no SELECT or does not fit the tables
   */
  public Result query(String sql, int limit) {
    return query(sql, Map.of(), limit);
  }

  /**
   * Asks one question with parameters.
   *
   * @param arguments the value of each {@code :name} in the SQL
   * @param limit most rows to return
   * @throws GradusException (usage) when it is no SELECT or does not fit the tables
   */
  public Result query(String sql, Map<String, Object> arguments, int limit) {
    try {
      LogicalPlan plan = spark.sessionState().sqlParser().parsePlan(sql);
      if (isCommand(plan)) {
        throw GradusException.usage("only queries are allowed; start with SELECT");
      }
      return result(Plans.rows(spark, bound(plan, arguments)), limit);
    } catch (GradusException e) {
      throw e;
    } catch (Exception e) {
      throw refused(e);
    }
  }

  private static Result result(Dataset<Row> rows, int limit) {
    return new Result(
        Arrays.asList(rows.columns()),
        rows.limit(limit).collectAsList().stream().map(PublishedTables::cells).toList());
  }

  private static void register(Lake lake, TableSpec table, Publications moment) {
    lake.readPublished(table, moment).createOrReplaceTempView(table.name());
  }

  private static boolean isCommand(LogicalPlan plan) {
    return plan instanceof Command || plan instanceof ParsedStatement;
  }

  /**
   * The plan with a value for each parameter. {@code SparkSession.sql} would leave them unbound: it
   * hands them to the parser, and Delta's passes none on.
   */
  private static LogicalPlan bound(LogicalPlan plan, Map<String, Object> arguments) {
    if (arguments.isEmpty()) {
      return plan;
    }
    List<Expression> values =
        arguments.values().stream()
            .map(value -> (Expression) Literal$.MODULE$.apply(value))
            .toList();
    return new NameParameterizedQuery(
        plan,
        CollectionConverters.asScala(List.copyOf(arguments.keySet())).toSeq(),
        CollectionConverters.asScala(values).toSeq());
  }

  /** What the query is to blame for, such as an unknown column or a division by zero. */
  private static RuntimeException refused(Exception e) {
    boolean known =
        e instanceof SparkThrowable spark
            && spark.getCondition() != null
            && !spark.getCondition().startsWith("INTERNAL")
            && !spark.getCondition().startsWith("FAILED_READ");
    if (known) {
      return GradusException.usage(
          "the query cannot be run: " + String.valueOf(e.getMessage()).strip());
    }
    return e instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("the query failed", e);
  }

  private static List<@Nullable Object> cells(Row row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      Object cell = row.get(i);
      cells.add(
          cell instanceof scala.collection.Seq<?> list ? CollectionConverters.asJava(list) : cell);
    }
    return cells;
  }
}
