package io.gradus.ingest;

import static org.apache.spark.sql.functions.expr;

import io.gradus.error.GradusException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Expressions that a configuration brings in: scalar, deterministic Spark SQL over the source's
 * columns, and nothing else. Subqueries, aggregates, windows, reflection, the clock and random
 * numbers are refused.
 */
final class Expressions {
  /**
   * Functions that Spark takes as deterministic although their answer depends on more than the row.
   */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "callmethodviareflection",
          "trycallmethodviareflection",
          "currentuser",
          "currentdatabase",
          "currentcatalog",
          "currentdate",
          "currenttimestamp",
          "currenttimezone",
          "currenttime",
          "now",
          "localtimestamp",
          "sparkversion",
          "inputfilename",
          "inputfileblockstart",
          "inputfileblocklength",
          "scalaudf",
          "pythonudf");

  private static final String CLOCK_WORDS = "\\s*(now|today|tomorrow|yesterday)\\b.*";
  private static final Pattern CLOCK_WORD =
      Pattern.compile(CLOCK_WORDS, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern CLOCK_LITERAL =
      Pattern.compile(
          "\\b(date|timestamp|timestamp_ntz|timestamp_ltz)\\s*['\"]" + CLOCK_WORDS,
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Expressions() {}

  /**
   * The column an expression stands for.
   *
   * @param source the rows whose columns it may use
   * @param key the configuration key, used in messages
   * @param text the expression
   * @throws GradusException (usage) when it does not parse, uses an unknown column or more than the
   *     row
   */
  static Column column(Dataset<Row> source, String key, String text) {
    check(source, key, text);
    return expr(text);
  }

  /** The type of an expression that {@link #column} accepts. */
  static DataType type(Dataset<Row> source, String text) {
    return source.select(expr(text)).schema().fields()[0].dataType();
  }

  private static void check(Dataset<Row> source, String key, String text) {
    if (CLOCK_LITERAL.matcher(text).find()) {
      throw refusal(key, text, "words such as 'now' read the clock");
    }
    LogicalPlan plan;
    long columns;
    try {
      Dataset<Row> selected = source.select(expr(text));
      columns = selected.schema().length();
      plan = selected.queryExecution().analyzed();
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof IllegalArgumentException) {
        throw refusal(key, text, firstLine(e));
      }
      throw e;
    }
    if (columns != 1) {
      throw refusal(key, text, "it must give exactly one value");
    }
    boolean plain =
        plan.nodeName().equals("Project")
            && nodes(plan) == 1 + nodes(source.queryExecution().analyzed());
    if (!plain) {
      throw refusal(key, text, "aggregates, windows and generators are not allowed");
    }
    CollectionConverters.asJava(plan.expressions()).forEach(e -> checkTree(key, text, e));
  }

  /** Aggregates, windows and generators make nodes of their own below the projection. */
  private static int nodes(LogicalPlan plan) {
    return 1
        + CollectionConverters.asJava(plan.children()).stream().mapToInt(Expressions::nodes).sum();
  }

  private static void checkTree(String key, String text, Expression expression) {
    String name = expression.nodeName().toLowerCase(Locale.ROOT);
    if (expression instanceof SubqueryExpression) {
      throw refusal(key, text, "subqueries are not allowed");
    }
    if (expression instanceof Cast cast && readsClock(cast)) {
      throw refusal(key, text, "words such as 'now' read the clock");
    }
    if (FORBIDDEN.contains(name)) {
      throw refusal(key, text, expression.prettyName() + " is not allowed");
    }
    CollectionConverters.asJava(expression.children()).forEach(e -> checkTree(key, text, e));
    if (!expression.deterministic()) {
      throw refusal(key, text, "only deterministic functions of the source's columns are allowed");
    }
  }

  /** Spark reads these words as times of the moment at which the query runs. */
  private static boolean readsClock(Cast cast) {
    boolean time =
        cast.dataType() instanceof DateType
            || cast.dataType() instanceof TimestampType
            || cast.dataType() instanceof TimestampNTZType;
    return time
        && cast.child().foldable()
        && CLOCK_WORD.matcher(String.valueOf(cast.child().toString()).strip()).matches();
  }

  private static GradusException refusal(String key, String text, String why) {
    return GradusException.usage(key + ": cannot use the expression \"" + text + "\": " + why);
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }
}
