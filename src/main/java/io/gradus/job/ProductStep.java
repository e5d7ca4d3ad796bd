package io.gradus.job;

import io.gradus.config.TransactionSource;
import io.gradus.insight.ProductUse;
import io.gradus.insight.WhiteSpace;
import io.gradus.lake.Lake;
import io.gradus.table.Columns;
import io.gradus.table.Silver;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What order lines say of products and categories; nothing, and no pass over the lines, where
 * neither is mapped.
 */
final class ProductStep implements AutoCloseable {
  private final boolean products;
  private final boolean categories;
  private @Nullable Kept use;

  ProductStep(TransactionSource source) {
    this.products = source.columns().containsKey(Columns.PRODUCT_ID);
    this.categories = source.columns().containsKey(Columns.CATEGORY);
  }

  /** Customers with the columns of {@link ProductUse} and {@link WhiteSpace}. */
  Dataset<Row> join(Dataset<Row> customers, Lake lake, LocalDate asOf) {
    if (!products && !categories) {
      return customers;
    }
    Dataset<Row> made = ProductUse.of(lake.read(Silver.TRANSACTION), asOf, products, categories);
    if (!categories) {
      return ProductUse.add(customers, made);
    }
    Kept kept = use = Kept.of(made);
    return WhiteSpace.add(ProductUse.add(customers, kept.rows()), kept.rows());
  }

  @Override
  public void close() {
    if (use != null) {
      use.close();
    }
  }
}
