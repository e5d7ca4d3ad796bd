package io.gradus.ingest;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.gradus.error.GradusException;
import io.gradus.table.Money;
import io.gradus.table.StaticCall;
import io.gradus.table.TableSpec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** The amounts of a feed in whole cents, and what is to be said of each. */
final class SourceAmounts {
  static final Column NOT_BINARY = lit(null).cast(DataTypes.ShortType);
  private static final double TEN_THOUSANDTHS_OF_A_CENT = 10_000;

  /** From here on doubles are further apart than a millionth of the cent's unit. */
  private static final double BINARY_MILLIONTHS_END = 1e9;

  private static final DataType FINE = DataTypes.createDecimalType(38, 18);

  private final Column amount;
  private final boolean text;
  private final boolean binary;
  private final boolean fine;

  /**
   * @param amount the mapped column or expression
   * @param coerceText whether text is read as numbers
   * @throws GradusException (input) when the type is no number
   */
  SourceAmounts(Column amount, DataType type, boolean coerceText) {
    this.amount = amount;
    this.text = type instanceof StringType;
    this.binary = type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
    this.fine = type instanceof DecimalType decimal && decimal.scale() > TableSpec.MONEY.scale();
    String key = "sources.transactions.columns.amount";
    if (text && !coerceText) {
      throw GradusException.input(
          key + " is text; set sources.transactions.coerce_text: true to read it as numbers");
    }
    if (!text && !(type instanceof NumericType)) {
      throw GradusException.input(key + " is of type " + type.simpleString() + "; give a number");
    }
  }

  /** Whether there is anything to read. */
  Column given() {
    return text ? coalesce(amount.rlike("\\S"), lit(false)) : amount.isNotNull();
  }

  /** Neither infinite nor NaN, which a cast would turn into NULL. */
  Column finite() {
    if (!binary) {
      return lit(true);
    }
    Column value = number();
    Column infinite = value.isin(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    return coalesce(not(isnan(value).or(infinite)), lit(true));
  }

  /** The amount to the cent, rounded half up; NULL when it cannot be read or is too large. */
  Column cents() {
    return binary
        ? Money.fromCents(binaryCents())
        : (text ? trim(amount) : amount).try_cast(TableSpec.MONEY);
  }

  /** False for a decimal number with digits below the cent that are not zero. */
  Column exact() {
    if (!text && !fine) {
      return lit(true);
    }
    Column exactly = text ? trim(amount).try_cast(FINE) : amount;
    return coalesce(exactly.equalTo(cents()), lit(true));
  }

  /**
   * How far a binary amount lay from its cent, in whole millionths of the currency's unit as a
   * SMALLINT; NULL for exact types, 0 where doubles carry no millionths. What is less comes from
   * the binary notation, not from the amount.
   */
  Column rounded() {
    if (!binary) {
      return NOT_BINARY;
    }
    Column value = number();
    Column cents = binaryCents().cast(DataTypes.DoubleType);
    Column millionths =
        rint(abs(value.multiply(100).minus(cents)).multiply(TEN_THOUSANDTHS_OF_A_CENT));
    return coalesce(
        when(abs(value).lt(BINARY_MILLIONTHS_END), millionths).cast(DataTypes.ShortType),
        lit(0).cast(DataTypes.ShortType));
  }

  private Column binaryCents() {
    return StaticCall.nullable(BinaryAmount.class, "cents", DataTypes.LongType, number());
  }

  private Column number() {
    return amount.cast(DataTypes.DoubleType);
  }
}
