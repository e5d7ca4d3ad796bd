package io.gradus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class BinaryAmountTest {
  @Property
  void roundsAsTheShortestTextDoes(
      @ForAll @DoubleRange(min = -1e17, max = 1e17) double amount,
      @ForAll @LongRange(min = -10_000_000_000L, max = 10_000_000_000L) long thousandths,
      @ForAll @IntRange(min = 1, max = 30) int parts) {
    assertSame(amount);
    assertSame(thousandths / 1000.0);
    assertSame(thousandths / 1000.0 * parts);
    assertSame(Math.nextUp(thousandths / 1000.0));
    assertSame(Math.nextDown(thousandths / 1000.0));
  }

  private static void assertSame(double amount) {
    BigDecimal cents = BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
    Long expected = cents.precision() > 18 ? null : cents.unscaledValue().longValueExact();
    assertThat(BinaryAmount.cents(amount)).as("%s", amount).isEqualTo(expected);
  }

  @Test
  void isSparksCastToADecimal(SparkSession spark) {
    Random random = new Random(5);
    List<Double> amounts =
        DoubleStream.concat(
                DoubleStream.of(
                    0,
                    -0.0,
                    .005,
                    -.005,
                    1.005,
                    2.675,
                    1e-300,
                    999_999_999.995,
                    1e9 + .005,
                    1e16,
                    -1e16,
                    9_999_999_999_999_999.0,
                    1e300,
                    Double.NaN,
                    Double.POSITIVE_INFINITY),
                DoubleStream.generate(() -> random.nextInt(2_000_000) / 1000.0).limit(2_000))
            .boxed()
            .collect(Collectors.toList());
    List<Row> cast =
        spark
            .createDataset(amounts, Encoders.DOUBLE())
            .selectExpr("value", "try_cast(value AS DECIMAL(18, 2)) AS amount")
            .collectAsList();

    for (Row row : cast) {
      Long expected = row.isNullAt(1) ? null : row.getDecimal(1).unscaledValue().longValueExact();
      assertThat(BinaryAmount.cents(row.getDouble(0))).as("%s", row).isEqualTo(expected);
    }
  }
}
