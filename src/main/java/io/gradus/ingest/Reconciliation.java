package io.gradus.ingest;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of every source row, in rows and in money per currency. Every row has exactly one
 * disposition.
 *
 * @param lines by disposition, reason and currency, in that order
 * @param repeatedLines lines with more than one valid row
 * @param firstDay the first business day with an accepted row, null without any
 * @param lastDay the last business day with an accepted row, null without any
 * @param firstFutureDay the first day that was still to come, null without any: from then on the
 *     same rows have other dispositions
 * @param oddities of the accepted rows that were read, those of earlier runs not among them
 */
public record Reconciliation(
    List<Line> lines,
    long repeatedLines,
    @Nullable LocalDate firstDay,
    @Nullable LocalDate lastDay,
    @Nullable LocalDate firstFutureDay,
    Oddities oddities) {

  /** What can become of a row. */
  public enum Disposition {
    /** A transaction. */
    ACCEPTED,
    /** Failed a rule; kept in quarantine. */
    QUARANTINED,
    /** Left out by the owner's named exclusion; kept in quarantine. */
    EXCLUDED,
    /** A further copy of an accepted row; kept in quarantine. */
    DUPLICATE,
    /** The customer was erased; kept nowhere. */
    ERASED;

    /** The disposition as tables write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Rows and money of one disposition, reason and currency.
   *
   * @param reason the rule's code, empty for accepted rows
   * @param currency ISO code, empty when unknown
   * @param amount Σ of the amounts that could be read
   */
  public record Line(
      Disposition disposition, String reason, String currency, long rows, BigDecimal amount) {

    private Line plus(Line other) {
      return new Line(disposition, reason, currency, rows + other.rows, amount.add(other.amount));
    }
  }

  /** By disposition, reason and currency. */
  public static final Comparator<Line> ORDER =
      Comparator.comparing(Line::disposition)
          .thenComparing(Line::reason)
          .thenComparing(Line::currency);

  private static final Comparator<LocalDate> DAYS = Comparator.naturalOrder();

  /** One group of the tally: a reason and a currency with their copies told apart. */
  record Counted(
      @Nullable String reason,
      @Nullable String currency,
      long rows,
      BigDecimal amount,
      long copies,
      BigDecimal copiedAmount,
      long repeated,
      @Nullable LocalDate firstDay,
      @Nullable LocalDate lastDay,
      Oddities oddities) {}

  public Reconciliation {
    lines = List.copyOf(lines);
  }

  static Reconciliation of(List<Counted> groups) {
    TreeMap<Line, Line> sums = new TreeMap<>(ORDER);
    for (Counted group : groups) {
      lines(group).forEach(line -> sums.merge(line, line, Line::plus));
    }
    List<Counted> valid = groups.stream().filter(g -> g.reason() == null).toList();
    return new Reconciliation(
        List.copyOf(sums.values()),
        valid.stream().mapToLong(Counted::repeated).sum(),
        valid.stream()
            .map(Counted::firstDay)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        valid.stream()
            .map(Counted::lastDay)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null),
        groups.stream()
            .filter(g -> Reasons.TIMESTAMP_IN_FUTURE.equals(g.reason()))
            .map(Counted::firstDay)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        valid.stream().map(Counted::oddities).reduce(Oddities.NONE, Oddities::plus));
  }

  private static List<Line> lines(Counted group) {
    String currency = Objects.requireNonNullElse(group.currency(), "");
    if (group.reason() != null) {
      return List.of(
          new Line(
              rejection(group.reason()), group.reason(), currency, group.rows(), group.amount()));
    }
    Line accepted =
        new Line(
            Disposition.ACCEPTED,
            "",
            currency,
            group.rows() - group.copies(),
            group.amount().subtract(group.copiedAmount()));
    Line copies =
        new Line(
            Disposition.DUPLICATE,
            Disposition.DUPLICATE.code(),
            currency,
            group.copies(),
            group.copiedAmount());
    return group.copies() > 0 ? List.of(accepted, copies) : List.of(accepted);
  }

  /** The rows of both, no row being in both. */
  public Reconciliation plus(Reconciliation other) {
    return combined(other, 1);
  }

  /** These rows without those of another, all of which are among these; the days stay. */
  public Reconciliation minus(Reconciliation other) {
    return combined(other, -1);
  }

  private Reconciliation combined(Reconciliation other, int sign) {
    TreeMap<Line, Line> sums = new TreeMap<>(ORDER);
    lines.forEach(line -> sums.put(line, line));
    BigDecimal factor = BigDecimal.valueOf(sign);
    for (Line line : other.lines) {
      Line more =
          new Line(
              line.disposition(),
              line.reason(),
              line.currency(),
              sign * line.rows(),
              line.amount().multiply(factor));
      sums.merge(more, more, Line::plus);
    }
    return new Reconciliation(
        sums.values().stream().filter(line -> line.rows() != 0).toList(),
        repeatedLines + sign * other.repeatedLines,
        sign < 0 ? firstDay : extreme(firstDay, other.firstDay, BinaryOperator.minBy(DAYS)),
        sign < 0 ? lastDay : extreme(lastDay, other.lastDay, BinaryOperator.maxBy(DAYS)),
        sign < 0
            ? firstFutureDay
            : extreme(firstFutureDay, other.firstFutureDay, BinaryOperator.minBy(DAYS)),
        sign < 0 ? oddities : oddities.plus(other.oddities));
  }

  private static @Nullable LocalDate extreme(
      @Nullable LocalDate a, @Nullable LocalDate b, BinaryOperator<LocalDate> choice) {
    return a == null ? b : b == null ? a : choice.apply(a, b);
  }

  private static Disposition rejection(String reason) {
    if (reason.equals(Reasons.ERASED)) {
      return Disposition.ERASED;
    }
    if (reason.equals(Disposition.DUPLICATE.code())) {
      return Disposition.DUPLICATE;
    }
    return reason.startsWith(Reasons.EXCLUDED_PREFIX)
        ? Disposition.EXCLUDED
        : Disposition.QUARANTINED;
  }

  /** All rows, whatever became of them. */
  public long totalRows() {
    return lines.stream().mapToLong(Line::rows).sum();
  }

  /** The rows of one disposition. */
  public long rows(Disposition disposition) {
    return lines.stream().filter(l -> l.disposition() == disposition).mapToLong(Line::rows).sum();
  }

  /** Whether any row has a reason. */
  public boolean hasReason(String reason) {
    return lines.stream().anyMatch(line -> line.reason().equals(reason));
  }

  /** The money of one disposition over all currencies that could be read. */
  public BigDecimal amount(Disposition disposition) {
    return lines.stream()
        .filter(l -> l.disposition() == disposition)
        .map(Line::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Further copies of accepted rows. */
  public long duplicateRows() {
    return rows(Disposition.DUPLICATE);
  }

  /** Quarantined rows as a share of all rows that no exclusion names and no erasure took. */
  public double quarantineShare() {
    long judged = totalRows() - rows(Disposition.EXCLUDED) - rows(Disposition.ERASED);
    return judged == 0 ? 0 : (double) rows(Disposition.QUARANTINED) / judged;
  }

  /** The currencies of accepted rows. */
  public Set<String> currencies() {
    Set<String> codes = new TreeSet<>();
    lines.stream()
        .filter(l -> l.disposition() == Disposition.ACCEPTED)
        .forEach(l -> codes.add(l.currency()));
    return codes;
  }
}
