package io.gradus.table;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class TenDigitsTest {
  private static final MathContext TEN = new MathContext(10, RoundingMode.HALF_EVEN);

  @ParameterizedTest
  @CsvSource({
    "0.30000000000000004, 0.3",
    "0.333333333333, 0.3333333333",
    "-123456789.149, -123456789.1",
    "9.99999999999, 10",
    "98765432109876, 98765432110000",
    "1e-12, 1e-12",
    "1e-20, 1e-20",
    "9.999999999999999e30, 1e31",
    "9.999999999999999e31, 9.999999999999999e31",
    "-0.0, 0.0",
  })
  void examplesByHand(double value, double rounded) {
    assertThat(TenDigits.of(value)).isEqualTo(rounded);
    assertThat(TenDigits.orNull(value)).isEqualTo(rounded);
  }

  @Test
  void arbitraryPrecisionSaysTheSame() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      double value = (random.nextDouble() - .5) * Math.pow(10, random.nextInt(40) - 12);
      double rounded = TenDigits.of(value);
      BigDecimal exact = new BigDecimal(value);
      // A tie may fall either way; its neighbour is then as near.
      if (rounded != exact.round(TEN).doubleValue()) {
        BigDecimal half = exact.round(TEN).ulp().divide(BigDecimal.valueOf(2));
        assertThat(exact.subtract(new BigDecimal(rounded)).abs().doubleValue())
            .as("%s to %s", value, rounded)
            .isLessThanOrEqualTo(half.doubleValue() * 1.00001);
      }
      assertThat(TenDigits.of(rounded)).isEqualTo(rounded);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNoNumberIsNull(double value) {
    assertThat(TenDigits.orNull(value)).isNull();
    assertThat(Double.valueOf(TenDigits.of(value))).isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_CODEGEN", "CODEGEN_ONLY"})
  void aColumnIsRoundedInterpretedAndCompiled(String mode, SparkSession spark) {
    spark.conf().set("spark.sql.codegen.factoryMode", mode);
    List<Double> values = Arrays.asList(2.0 / 3, Double.NaN, null, Double.POSITIVE_INFINITY, -0.0);

    List<Row> rows =
        spark
            .createDataset(values, Encoders.DOUBLE())
            .toDF("value")
            .coalesce(1)
            .select(TenDigits.of(col("value")))
            .collectAsList();

    assertThat(rows.stream().map(row -> (Double) row.get(0)))
        .containsExactly(0.6666666667, null, null, null, 0.0);
  }
}
