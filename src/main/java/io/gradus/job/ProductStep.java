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

/**
 * What order lines say of products and categories; nothing, and no pass over the lines, where
 * neither is mapped.
 */
final class ProductStep {
  private final boolean products;
  private final boolean categories;

  ProductStep(TransactionSource source) {
    this.products = source.columns().containsKey(Columns.PRODUCT_ID);
    this.categories = source.columns().containsKey(Columns.CATEGORY);
  }

  /**
   * Customers with the columns of {@link ProductUse}. The features come from the same customers
   * side by side and are narrow: later, much wider rows would have to be brought together.
   */
  Dataset<Row> use(Dataset<Row> features, Lake lake, LocalDate asOf) {
    return products || categories
        ? ProductUse.add(
            features, ProductUse.of(lake.read(Silver.TRANSACTION), asOf, products, categories))
        : features;
  }

  /** Customers with the column of {@link WhiteSpace}, which asks for their clusters. */
  Dataset<Row> whiteSpace(Dataset<Row> customers) {
    return categories ? WhiteSpace.add(customers) : customers;
  }
}
