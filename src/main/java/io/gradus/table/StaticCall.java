package io.gradus.table;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A public static method of ours inside a plan. A user-defined function would copy its arguments
 * into objects and the result back, row by row; Spark's own call of a method passes them as they
 * are, in Spark's internal types. A NULL argument makes the result NULL without a call.
 */
public final class StaticCall {
  private StaticCall() {}

  /**
   * The result of a deterministic method that never returns null.
   *
   * @param owner a public class
   * @param method the name of its only method of that name and number of arguments
   * @param type what it returns
   */
  public static Column of(Class<?> owner, String method, DataType type, Column... arguments) {
    return call(owner, method, type, false, arguments);
  }

  /** Like {@link #of}, of a method that may return null. */
  public static Column nullable(Class<?> owner, String method, DataType type, Column... arguments) {
    return call(owner, method, type, true, arguments);
  }

  /**
   * An object as an argument, the same for every row.
   *
   * @param value serializable, of a public class
   */
  public static Column constant(Serializable value) {
    return ExpressionUtils.column(Literal.create(value, new ObjectType(value.getClass())));
  }

  private static Column call(
      Class<?> owner, String method, DataType type, boolean nullable, Column... arguments) {
    Seq<Expression> values =
        seq(Arrays.stream(arguments).map(ExpressionUtils::expression).toList());
    Seq<AbstractDataType> types = seq(List.of());
    return ExpressionUtils.column(
        new StaticInvoke(owner, type, method, values, types, true, nullable, true, Option.empty()));
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
