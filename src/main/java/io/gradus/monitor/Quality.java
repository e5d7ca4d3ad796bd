package io.gradus.monitor;

import io.gradus.config.GateSettings;
import io.gradus.error.GradusException;
import io.gradus.ingest.Oddities;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;

/** The checks of one run, collected as they are made; a failed one closes the gate. */
public final class Quality {
  /** A thousand million: more than anybody orders in one line. */
  private static final double LARGE_QUANTITY = 1e9;

  private final GateSettings gates;
  private final List<Check> checks = new ArrayList<>();

  /** How a check ended. */
  public enum Status {
    PASS,
    WARN,
    FAIL;

    /** The status as tables write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One check.
   *
   * @param value what was found
   * @param bound what it is held against
   */
  public record Check(
      String name, double value, double bound, Status status, String english, String chinese) {}

  public Quality(GateSettings gates) {
    this.gates = gates;
  }

  /** Everything checked so far, in order. */
  public List<Check> checks() {
    return List.copyOf(checks);
  }

  /** Adds checks that were made elsewhere, such as {@link Trends}. */
  public void add(List<Check> made) {
    checks.addAll(made);
  }

  /** The value of a check made so far; 0 when it was not made. */
  public double value(String name) {
    return checks.stream()
        .filter(check -> check.name().equals(name))
        .mapToDouble(Check::value)
        .findFirst()
        .orElse(0);
  }

  /** The texts of the checks that warn. */
  public List<String> warnings() {
    return checks.stream().filter(c -> c.status() == Status.WARN).map(Check::english).toList();
  }

  /**
   * Stops the run at the first failed check.
   *
   * @throws GradusException (gate) naming the check, the value and the bound
   */
  public void refuse() {
    checks.stream()
        .filter(c -> c.status() == Status.FAIL)
        .findFirst()
        .ifPresent(
            c -> {
              throw GradusException.gate(c.english() + "; nothing was published");
            });
  }

  /**
   * The input: the quarantined share, the share of copies, and one currency.
   *
   * @throws GradusException (input) when accepted rows have another currency than the lake
   */
  public void input(Reconciliation reconciliation, String currency) {
    Set<String> found = reconciliation.currencies();
    if (found.stream().anyMatch(code -> !code.equals(currency))) {
      throw GradusException.input(
          "transactions are in "
              + String.join(", ", found)
              + " but the lake's currency is "
              + currency
              + "; convert them in the amount's expression or set currency");
    }
    double share = reconciliation.quarantineShare();
    Status status =
        share > gates.maxQuarantineShare()
            ? Status.FAIL
            : share > gates.warnQuarantineShare() ? Status.WARN : Status.PASS;
    long rows = reconciliation.rows(Disposition.QUARANTINED);
    double bound = status == Status.WARN ? gates.warnQuarantineShare() : gates.maxQuarantineShare();
    add(
        "quarantine_share",
        share,
        bound,
        status,
        text(
            "%,d rows are quarantined, %.2f %% of those judged; the bound is %.2f %%",
            rows, 100 * share, 100 * bound),
        text("隔离%d行，占判定行的%.2f%%，界限为%.2f%%", rows, 100 * share, 100 * bound));
    duplicates(reconciliation);
  }

  private void duplicates(Reconciliation reconciliation) {
    long copies = reconciliation.duplicateRows();
    long total = reconciliation.totalRows();
    double share = total == 0 ? 0 : (double) copies / total;
    double bound = gates.maxDuplicateShare();
    add(
        "duplicate_share",
        share,
        bound,
        share > bound ? Status.FAIL : Status.PASS,
        text(
            "%,d rows are copies of others, %.2f %%; the bound is %.2f %%",
            copies, 100 * share, 100 * bound),
        text("重复%d行，占%.2f%%，界限为%.2f%%", copies, 100 * share, 100 * bound));
  }

  /**
   * Optional columns that some files lack; their rows have no value there.
   *
   * @param filesWithout our column → how many files lack it
   */
  public void missingColumns(Map<String, Integer> filesWithout) {
    filesWithout.forEach(
        (column, files) ->
            add(
                "column_missing:" + column,
                files,
                0,
                Status.WARN,
                text("%,d files have no column for %s; their rows have no value", files, column),
                text("%d个文件缺少列%s，对应行为空", files, column)));
  }

  /**
   * Columns that only some files have and no mapping names.
   *
   * @param filesWith the source's column → how many files have it
   */
  public void unexpectedColumns(Map<String, Integer> filesWith) {
    filesWith.forEach(
        (column, files) ->
            add(
                "column_unexpected:" + column,
                files,
                0,
                Status.WARN,
                text(
                    "%,d files have a column %s that is not mapped and others lack", files, column),
                text("%d个文件含有未映射且其他文件没有的列%s", files, column)));
  }

  /**
   * What a person should know of a source that was read as a whole, once and not every night.
   *
   * @param unmapped columns that every file has and no mapping uses
   */
  public void wholeSource(Collection<String> unmapped) {
    add(
        "columns_unmapped",
        unmapped.size(),
        0,
        unmapped.isEmpty() ? Status.PASS : Status.WARN,
        text("columns of the source that nothing uses: %s", listed(unmapped, "none")),
        text("源数据中未使用的列：%s", listed(unmapped, "无")));
  }

  private static String listed(Collection<String> names, String none) {
    return names.isEmpty() ? none : String.join(", ", names);
  }

  /**
   * What is odd about rows that this run read and accepted.
   *
   * @param whole whether the run read the whole source; that its amounts are binary is then told
   */
  public void oddities(Oddities found, boolean whole) {
    BigDecimal rounding = Objects.requireNonNullElse(found.largestRounding(), BigDecimal.ZERO);
    boolean told = whole && found.largestRounding() != null;
    add(
        "amount_rounding",
        rounding.doubleValue(),
        0,
        rounding.signum() > 0 || told ? Status.WARN : Status.PASS,
        text(
            "amounts are binary numbers and were rounded to the cent, by %s at most",
            rounding.toPlainString()),
        text("金额为二进制浮点数，已舍入到分，最大差额%s", rounding.toPlainString()));
    double quantity = found.largestQuantity();
    add(
        "quantity_largest",
        quantity,
        LARGE_QUANTITY,
        quantity < LARGE_QUANTITY ? Status.PASS : Status.WARN,
        text("the largest quantity of a row is %,.0f", quantity),
        text("单行最大数量为%,.0f", quantity));
    add(
        "customer_respelt",
        found.respelt(),
        0,
        found.respelt() > 0 ? Status.WARN : Status.PASS,
        text(
            "%,d rows spell their customer in another way, as Unicode variants or with invisible characters; one spelling is kept",
            found.respelt()),
        text("%d行的客户编号写法不同，已统一", found.respelt()));
  }

  /**
   * The accepted rows against past runs.
   *
   * @param medianOfPast median accepted rows of past runs, 0 without any
   */
  public void volume(long accepted, double medianOfPast) {
    if (medianOfPast <= 0) {
      return;
    }
    double change = accepted / medianOfPast - 1;
    Status status = Math.abs(change) > gates.maxVolumeChange() ? Status.FAIL : Status.PASS;
    add(
        "volume_change",
        change,
        gates.maxVolumeChange(),
        status,
        text(
            "%,d rows were accepted, %+.1f %% against the median of past runs; the bound is ±%.0f"
                + " %%",
            accepted, 100 * change, 100 * gates.maxVolumeChange()),
        text(
            "接收%d行，与历史中位数相比%+.1f%%，界限为±%.0f%%",
            accepted, 100 * change, 100 * gates.maxVolumeChange()));
  }

  /**
   * The graded customers.
   *
   * @param integrity the counts of {@link Structure#integrity}
   * @param accepted net amount of all accepted rows up to the as-of date
   */
  public void output(Row integrity, BigDecimal accepted) {
    for (String name :
        List.of(
            "customer_null",
            "churn_outside",
            "alive_outside",
            "clv_negative",
            "rfm_outside",
            "grade_null")) {
      long found = integrity.<Long>getAs(name);
      add(
          name,
          found,
          0,
          found == 0 ? Status.PASS : Status.FAIL,
          text("%,d customers break the rule %s", found, name),
          text("%d位客户违反规则%s", found, name));
    }
    long refunders = integrity.<Long>getAs("refund_only");
    add(
        "refund_only",
        refunders,
        0,
        refunders > 0 ? Status.WARN : Status.PASS,
        text("%,d customers have refunds and no purchase", refunders),
        text("%d位客户只有退款而无购买", refunders));
    BigDecimal net = BigDecimal.valueOf(integrity.<Long>getAs("net_cents"), 2);
    BigDecimal gap = net.subtract(accepted);
    add(
        "net_reconciles",
        gap.doubleValue(),
        0,
        gap.signum() == 0 ? Status.PASS : Status.FAIL,
        text("customers hold %s, accepted transactions %s", net, accepted),
        text("客户合计%s，接收交易合计%s", net, accepted));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void add(
      String name, double value, double bound, Status status, String english, String chinese) {
    checks.add(new Check(name, value, bound, status, english, chinese));
  }
}
