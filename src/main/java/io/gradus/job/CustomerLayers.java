package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One row per customer, to which each step of a night adds columns. What a step adds is kept as one
 * struct, its layer: a plan hands on the layers as they are and has single columns only of what it
 * reads. A plan that hands on a hundred single columns makes methods longer than the JVM compiles.
 * Where queries are interpreted, as they are for few customers, the columns are kept as they are.
 */
final class CustomerLayers implements AutoCloseable {
  private static final String LAYER = "_layer_";

  /** The layers in order; empty where the columns are kept as they are. */
  private final List<String> layers;

  /** The layer of every column. */
  private final Map<String, String> places;

  /** The columns beside the layers. */
  private final Dataset<Row> carried;

  private final Kept kept;

  private CustomerLayers(
      List<String> layers, Map<String, String> places, Dataset<Row> carried, Kept kept) {
    this.layers = layers;
    this.places = places;
    this.carried = carried;
    this.kept = kept;
  }

  /** Customers with their first columns. */
  static CustomerLayers of(Kept customers) {
    Dataset<Row> rows = customers.rows();
    if (SparkRuntime.interprets(rows.sparkSession())) {
      return new CustomerLayers(List.of(), Map.of(), rows, customers);
    }
    String first = LAYER + 0;
    Map<String, String> places = new LinkedHashMap<>();
    List.of(rows.columns()).forEach(column -> places.put(column, first));
    Dataset<Row> carried = rows.withColumn(first, struct(col("*")));
    return new CustomerLayers(List.of(first), places, carried, customers);
  }

  /** The customers in single columns. */
  Dataset<Row> rows() {
    return layers.isEmpty() ? carried : carried.drop(layers.toArray(String[]::new));
  }

  /**
   * The customers, and others.
   *
   * @param others with the columns of {@link #rows()}
   */
  CustomerLayers and(Dataset<Row> others) {
    Dataset<Row> same = others;
    for (String layer : layers) {
      same = same.withColumn(layer, packed(layer));
    }
    return new CustomerLayers(layers, places, carried.union(same), kept);
  }

  /**
   * The customers with what a step adds, computed and kept.
   *
   * @param step adds columns to rows, may drop some and hands on the others
   */
  CustomerLayers with(UnaryOperator<Dataset<Row>> step) {
    Dataset<Row> more = step.apply(carried);
    if (layers.isEmpty()) {
      Kept whole = Kept.of(more);
      return new CustomerLayers(layers, places, whole.rows(), whole);
    }
    String layer = LAYER + layers.size();
    Set<String> handedOn = Plans.handedOn(carried, more);
    Map<String, String> now = new LinkedHashMap<>();
    for (String column : more.drop(layers.toArray(String[]::new)).columns()) {
      now.put(column, handedOn.contains(column) ? places.getOrDefault(column, layer) : layer);
    }
    List<Column> columns = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    layers.forEach(name -> columns.add(col(name)));
    Stream<String> added = now.keySet().stream().filter(name -> layer.equals(now.get(name)));
    columns.add(struct(added.map(name -> col(name)).toArray(Column[]::new)).as(layer));
    Kept packed = Kept.of(more.select(columns.toArray(Column[]::new)));
    List<String> all = Stream.concat(layers.stream(), Stream.of(layer)).toList();
    return new CustomerLayers(all, now, unpacked(packed.rows(), all, now), packed);
  }

  long count() {
    return kept.count();
  }

  /** Frees what the last step has kept. */
  @Override
  public void close() {
    kept.close();
  }

  /** A layer from single columns; what the customers no longer have is NULL in it. */
  private Column packed(String layer) {
    StructType type = (StructType) carried.schema().apply(layer).dataType();
    List<Column> fields = new ArrayList<>();
    for (StructField field : type.fields()) {
      boolean held = layer.equals(places.get(field.name()));
      Column value = held ? col(field.name()) : lit(null).cast(field.dataType());
      fields.add(value.as(field.name()));
    }
    return struct(fields.toArray(Column[]::new));
  }

  private static Dataset<Row> unpacked(
      Dataset<Row> packed, List<String> layers, Map<String, String> places) {
    List<Column> columns = new ArrayList<>();
    places.forEach(
        (column, layer) ->
            columns.add(
                column.equals(Columns.CUSTOMER_ID)
                    ? col(column)
                    : col(layer).getField(column).as(column)));
    layers.forEach(layer -> columns.add(col(layer)));
    return packed.select(columns.toArray(Column[]::new));
  }
}
