package io.gradus.simulate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** One delivered row; price and amount are missing in faulty rows only. */
record Line(
    Document document,
    int lineNo,
    String product,
    String category,
    int quantity,
    @Nullable Double unitPrice,
    @Nullable BigDecimal amount) {

  static Line of(Document document, int lineNo, Item item, int quantity) {
    return priced(document, lineNo, item.product(), item.category(), quantity, item.unitCents());
  }

  /** The row that a fault of one line adds to an order. */
  static Line faulty(Fault fault, Document document, int lineNo, Item item, Draws draws) {
    return switch (fault) {
      case ZERO_PRICE -> priced(document, lineNo, item.product(), item.category(), 1, 0);
      case NEGATIVE_PRICE ->
          priced(
              document,
              lineNo,
              Catalogue.ADJUSTMENT_PRODUCT,
              Catalogue.ADJUSTMENT_CATEGORY,
              1,
              -1 - draws.index(5_000));
      case FEE ->
          priced(
              document,
              lineNo,
              Catalogue.FEE_PRODUCT,
              Catalogue.FEE_CATEGORY,
              1,
              400 + draws.index(1_600));
      case NULL_AMOUNT -> unpriced(document, lineNo, item, null);
      case NAN_PRICE -> unpriced(document, lineNo, item, Double.NaN);
      default -> throw new IllegalArgumentException(fault + " adds no line of its own");
    };
  }

  private static Line priced(
      Document document,
      int lineNo,
      String product,
      String category,
      int quantity,
      long unitCents) {
    BigDecimal amount = BigDecimal.valueOf(quantity * unitCents, 2);
    return new Line(document, lineNo, product, category, quantity, unitCents / 100.0, amount);
  }

  private static Line unpriced(
      Document document, int lineNo, Item item, @Nullable Double unitPrice) {
    return new Line(
        document, lineNo, item.product(), item.category(), item.quantity(), unitPrice, null);
  }
}
