package io.gradus.simulate;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampNTZType;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Shapes of the simulated tables; INT columns that end in {@code _date} or {@code _on} are epoch
 * days here.
 */
final class SourceSchemas {
  private static final DataType MONEY = DataTypes.createDecimalType(18, 2);

  static final StructType LINES =
      new StructType()
          .add(SourceColumns.ORDER_ID, StringType, false)
          .add(SourceColumns.LINE_NO, IntegerType, false)
          .add(SourceColumns.CUSTOMER, StringType)
          .add(SourceColumns.ORDER_TIME, TimestampNTZType, false)
          .add(SourceColumns.PRODUCT, StringType, false)
          .add(SourceColumns.CATEGORY, StringType, false)
          .add(SourceColumns.QUANTITY, IntegerType, false)
          .add(SourceColumns.UNIT_PRICE, DoubleType)
          .add(SourceColumns.AMOUNT, MONEY)
          .add(SourceColumns.CURRENCY, StringType, false)
          .add(SourceColumns.STATUS, StringType, false)
          .add(SourceColumns.DELIVERY_DATE, IntegerType, false);

  static final StructType CUSTOMERS =
      new StructType()
          .add(SourceColumns.CUSTOMER, StringType, false)
          .add(SourceColumns.NAME, StringType, false)
          .add(SourceColumns.TYPE, StringType, false)
          .add(SourceColumns.INDUSTRY, StringType)
          .add(SourceColumns.REGION, StringType, false)
          .add(SourceColumns.PARENT_GROUP, StringType)
          .add(SourceColumns.SIGNUP_DATE, IntegerType, false)
          .add(SourceColumns.OWNER, StringType);

  static final StructType TRUTH =
      new StructType()
          .add(SourceColumns.CUSTOMER, StringType, false)
          .add(SourceColumns.CUSTOMER_INDEX, LongType, false)
          .add(SourceColumns.SEGMENT, StringType, false)
          .add(SourceColumns.RATE_PER_DAY, DoubleType, false)
          .add(SourceColumns.STOP_PROBABILITY, DoubleType)
          .add(SourceColumns.DEATH_RATE_PER_DAY, DoubleType)
          .add(SourceColumns.MEAN_ORDER_VALUE, DoubleType, false)
          .add(SourceColumns.STOPPED_ON, IntegerType)
          .add(SourceColumns.ORDERS_PLACED, IntegerType, false)
          .add(SourceColumns.ORDERS_DELIVERED, IntegerType, false)
          .add(SourceColumns.LINES, IntegerType, false)
          .add(SourceColumns.PURCHASE_DAYS, IntegerType, false)
          .add(SourceColumns.FIRST_PURCHASE_DATE, IntegerType)
          .add(SourceColumns.LAST_PURCHASE_DATE, IntegerType)
          .add(SourceColumns.GROSS_AMOUNT, MONEY, false)
          .add(SourceColumns.REFUND_AMOUNT, MONEY, false);

  static final StructType FAULTS =
      new StructType()
          .add(SourceColumns.FAULT, StringType, false)
          .add(SourceColumns.ORDER_ID, StringType, false)
          .add(SourceColumns.LINE_NO, IntegerType, false)
          .add(SourceColumns.CUSTOMER, StringType, false)
          .add(SourceColumns.AMOUNT, MONEY)
          .add(SourceColumns.DELIVERY_DATE, IntegerType, false);

  static final StructType SEGMENTS =
      new StructType()
          .add(SourceColumns.SEGMENT, StringType, false)
          .add(SourceColumns.TYPE, StringType, false)
          .add(SourceColumns.SHARE, DoubleType, false)
          .add("r", DoubleType, false)
          .add("alpha", DoubleType, false)
          .add(SourceColumns.DROPOUT, StringType, false)
          .add("p", DoubleType, false)
          .add("q", DoubleType, false)
          .add("gamma", DoubleType, false)
          .add(SourceColumns.MEAN_ORDER_VALUE, DoubleType, false)
          .add(SourceColumns.LINES_PER_ORDER, DoubleType, false)
          .add(SourceColumns.RETURN_SHARE, DoubleType, false);

  static final StructType EVENTS =
      new StructType()
          .add(SourceColumns.EVENT, StringType, false)
          .add(SourceColumns.VALID_FROM, IntegerType, false)
          .add(SourceColumns.VALID_TO, IntegerType)
          .add(SourceColumns.TARGET, StringType)
          .add(SourceColumns.FACTOR, DoubleType, false);

  private SourceSchemas() {}
}
