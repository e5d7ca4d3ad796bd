package io.gradus.simulate;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CompanySimulatorTest {
  private static final LocalDate FROM = LocalDate.of(2024, 1, 1);
  private static final LocalDate TO = LocalDate.of(2025, 6, 30);
  private static final Company COMPANY = Company.of(1_500, FROM, TO, 2_026).withDirtyShare(0.1);

  @Test
  void rowsDoNotDependOnPartitions(SparkSession spark) {
    CompanySimulator two = new CompanySimulator(COMPANY);
    CompanySimulator many = new CompanySimulator(COMPANY, 100);
    assertThat(two.transactions(spark).rdd().getNumPartitions()).isEqualTo(2);
    assertThat(many.transactions(spark).rdd().getNumPartitions()).isEqualTo(15);
    assertThat(hash(many.transactions(spark))).isEqualTo(hash(two.transactions(spark)));
    assertThat(hash(many.customers(spark))).isEqualTo(hash(two.customers(spark)));
    assertThat(hash(many.truth(spark))).isEqualTo(hash(two.truth(spark)));
    assertThat(hash(many.faults(spark))).isEqualTo(hash(two.faults(spark)));
  }

  @Test
  void anotherSeedGivesAnotherCompany(SparkSession spark) {
    Company other = Company.of(1_500, FROM, TO, 2_027).withDirtyShare(0.1);
    assertThat(hash(new CompanySimulator(other).transactions(spark)))
        .isNotEqualTo(hash(new CompanySimulator(COMPANY).transactions(spark)));
  }

  @Test
  void aLaterLastDayOnlyAddsRows(SparkSession spark) {
    LocalDate earlier = LocalDate.of(2025, 2, 14);
    CompanySimulator now = new CompanySimulator(COMPANY.withTo(earlier));
    CompanySimulator later = new CompanySimulator(COMPANY);
    CompanySimulator beyond = new CompanySimulator(COMPANY.withTo(TO.plusDays(200)));
    Dataset<Row> kept =
        later.transactions(spark).where(col(SourceColumns.DELIVERY_DATE).leq(lit(earlier)));
    assertThat(hash(now.transactions(spark))).isEqualTo(hash(kept));
    assertThat(hash(later.transactions(spark)))
        .isEqualTo(hash(beyond.transactions(spark, FROM, TO)));
    assertThat(hash(now.customers(spark)))
        .isEqualTo(
            hash(later.customers(spark).where(col(SourceColumns.SIGNUP_DATE).leq(lit(earlier)))));
  }

  @Test
  void nightsDeliverTheWholeLedger(SparkSession spark) {
    CompanySimulator simulator = new CompanySimulator(COMPANY);
    LocalDate cut = LocalDate.of(2025, 5, 31);
    Dataset<Row> parts =
        simulator
            .transactions(spark, FROM, cut)
            .union(simulator.transactions(spark, cut.plusDays(1), TO.plusDays(30)));
    assertThat(hash(parts)).isEqualTo(hash(simulator.transactions(spark)));
  }

  /** Cleaning with the documented rules and summing by customer and day gives the truth exactly. */
  @Test
  void aPerfectCleaningGivesBackTheTruth(SparkSession spark) {
    CompanySimulator simulator = new CompanySimulator(COMPANY);
    Dataset<Row> days =
        cleaned(simulator.transactions(spark))
            .groupBy(col(SourceColumns.CUSTOMER), to_date(col(SourceColumns.ORDER_TIME)).as("day"))
            .agg(
                sum(col(SourceColumns.AMOUNT)).as("net"),
                sum(greatest(col(SourceColumns.AMOUNT), lit(0))).as("gross"),
                sum(least(col(SourceColumns.AMOUNT), lit(0))).as("refund"),
                count(lit(1)).as("n"));
    Dataset<Row> found =
        days.groupBy(col(SourceColumns.CUSTOMER))
            .agg(
                sum(col("n")).cast("int"),
                sum(when(col("net").gt(0), 1).otherwise(0)).cast("int"),
                min(when(col("net").gt(0), col("day"))),
                max(when(col("net").gt(0), col("day"))),
                sum(col("gross")).cast("decimal(18,2)"),
                sum(col("refund")).cast("decimal(18,2)"));
    Dataset<Row> truth =
        simulator
            .truth(spark)
            .where(col(SourceColumns.LINES).gt(0))
            .select(
                SourceColumns.CUSTOMER,
                SourceColumns.LINES,
                SourceColumns.PURCHASE_DAYS,
                SourceColumns.FIRST_PURCHASE_DATE,
                SourceColumns.LAST_PURCHASE_DATE,
                SourceColumns.GROSS_AMOUNT,
                SourceColumns.REFUND_AMOUNT);
    assertThat(truth.count()).isGreaterThan(1_200);
    assertThat(found.exceptAll(truth).collectAsList()).isEmpty();
    assertThat(truth.exceptAll(found).collectAsList()).isEmpty();
  }

  @Test
  void everyFaultyRowIsListed(SparkSession spark) {
    CompanySimulator simulator = new CompanySimulator(COMPANY);
    Dataset<Row> lines = simulator.transactions(spark);
    Dataset<Row> faults = simulator.faults(spark);
    long respelt = faults.where(col(SourceColumns.FAULT).equalTo(Fault.FLOAT_ID.name())).count();
    assertThat(lines.count() - faults.count() + respelt).isEqualTo(cleaned(lines).count());
    assertThat(faults.select(SourceColumns.FAULT).distinct().count())
        .isEqualTo(Fault.values().length);
    assertThat(lines.count() - lines.distinct().count())
        .isEqualTo(faults.where(col(SourceColumns.FAULT).equalTo(Fault.DUPLICATE.name())).count());
    assertThat(lines.where(col(SourceColumns.CUSTOMER).isNull()).count())
        .isEqualTo(
            faults.where(col(SourceColumns.FAULT).equalTo(Fault.MISSING_CUSTOMER.name())).count());
    assertThat(lines.where(col(SourceColumns.UNIT_PRICE).isNaN()).count())
        .isEqualTo(faults.where(col(SourceColumns.FAULT).equalTo(Fault.NAN_PRICE.name())).count());
  }

  @Test
  void buyersAreInTheMasterAndPersonsHaveNoIndustry(SparkSession spark) {
    CompanySimulator simulator = new CompanySimulator(COMPANY);
    Dataset<Row> customers = simulator.customers(spark);
    Dataset<Row> unknown =
        cleaned(simulator.transactions(spark))
            .select(SourceColumns.CUSTOMER)
            .except(customers.select(SourceColumns.CUSTOMER));
    assertThat(unknown.count()).isZero();
    assertThat(customers.select(SourceColumns.CUSTOMER).distinct().count())
        .isEqualTo(customers.count());
    assertThat(
            customers
                .where(
                    col(SourceColumns.TYPE)
                        .equalTo("B2B")
                        .notEqual(col(SourceColumns.INDUSTRY).isNotNull()))
                .count())
        .isZero();
    assertThat(customers.where(col(SourceColumns.PARENT_GROUP).isNotNull()).count()).isPositive();
  }

  @Test
  void parametersAndEventsAreKept(SparkSession spark) {
    Event collapse = new Event.RegionCollapse("North", TO.minusDays(60), 0.2);
    Event loss = new Event.FeedLoss(TO.minusDays(20), TO.minusDays(10), 0.5);
    CompanySimulator simulator = new CompanySimulator(COMPANY.withEvents(List.of(collapse, loss)));
    assertThat(simulator.segments(spark).select(SourceColumns.SEGMENT).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("key account", "wholesale", "small business", "household", "occasional");
    assertThat(simulator.events(spark).collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[RegionCollapse,2025-05-01,null,North,0.2]",
            "[FeedLoss,2025-06-10,2025-06-20,null,0.5]");
  }

  private static Dataset<Row> cleaned(Dataset<Row> lines) {
    return lines
        .dropDuplicates()
        .withColumn(
            SourceColumns.CUSTOMER,
            regexp_replace(col(SourceColumns.CUSTOMER), lit("\\.0$"), lit("")))
        .where(col(SourceColumns.CUSTOMER).rlike("^[0-9]{8}$"))
        .where(col(SourceColumns.STATUS).isin("completed", "returned"))
        .where(col(SourceColumns.CURRENCY).equalTo("EUR"))
        .where(to_date(col(SourceColumns.ORDER_TIME)).leq(lit(TO)))
        .where(col(SourceColumns.UNIT_PRICE).gt(0).and(col(SourceColumns.AMOUNT).isNotNull()))
        .where(col(SourceColumns.PRODUCT).notEqual("POST"));
  }

  private static String hash(Dataset<Row> rows) {
    Row sums =
        rows.select(struct(col("*")).as("row"))
            .select(xxhash64(col("row")).as("h"))
            .agg(count(lit(1)), sum(col("h").cast("decimal(20,0)")), bit_xor(col("h")))
            .head();
    assertThat(sums.getLong(0)).isPositive();
    return sums.toString();
  }
}
