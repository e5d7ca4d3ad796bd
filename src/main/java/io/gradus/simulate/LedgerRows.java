package io.gradus.simulate;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Turns customers into rows inside a Spark task. Only the company travels with the task; the ledger
 * is built again where it runs. Days are epoch days until {@link CompanySimulator} dates them.
 */
final class LedgerRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Company company;
  private transient @Nullable Ledger ledger;

  LedgerRows(Company company) {
    this.company = company;
  }

  private Ledger ledger() {
    Ledger built = ledger;
    if (built == null) {
      built = new Ledger(company);
      ledger = built;
    }
    return built;
  }

  /** Order lines delivered on the epoch days {@code first} to {@code last}. */
  Iterator<Row> lines(long index, int first, int last) {
    List<Row> rows = new ArrayList<>();
    Profile profile = ledger().profile(index);
    ledger()
        .replay(
            profile,
            (line, fault) -> {
              int day = line.document().epochDay();
              if (day >= first && day <= last) {
                rows.add(line(line));
              }
            });
    return rows.iterator();
  }

  /** One row per faulty order line. */
  Iterator<Row> faults(long index) {
    List<Row> rows = new ArrayList<>();
    Profile profile = ledger().profile(index);
    ledger()
        .replay(
            profile,
            (line, fault) -> {
              if (fault != null) {
                Document document = line.document();
                rows.add(
                    RowFactory.create(
                        fault.name(),
                        document.orderId(),
                        line.lineNo(),
                        profile.customer(),
                        line.amount(),
                        document.epochDay()));
              }
            });
    return rows.iterator();
  }

  /** The master record, or nothing while the customer is unknown. */
  Iterator<Row> master(long index) {
    Profile profile = ledger().profile(index);
    if (profile.signup().isAfter(company.to())) {
      return List.<Row>of().iterator();
    }
    return List.of(
            RowFactory.create(
                profile.customer(),
                profile.name(),
                profile.segment().type().name(),
                profile.industry(),
                profile.region(),
                profile.parentGroup(),
                (int) profile.signup().toEpochDay(),
                profile.owner()))
        .iterator();
  }

  /** The hidden parameters and the true totals. */
  Row truth(long index) {
    Profile profile = ledger().profile(index);
    Tally tally = new Tally();
    Ledger.Outcome outcome = ledger().replay(profile, tally);
    Long stopped = outcome.stoppedOn();
    return RowFactory.create(
        profile.customer(),
        index,
        profile.segment().name(),
        profile.rate(),
        profile.segment().dropout() instanceof Dropout.BetaGeometric
            ? profile.stopProbability()
            : null,
        profile.segment().dropout() instanceof Dropout.Exponential ? profile.deathRate() : null,
        profile.meanOrderValue(),
        stopped == null ? null : stopped.intValue(),
        outcome.orders(),
        tally.orders(),
        tally.lines(),
        tally.purchaseDays(),
        tally.firstPurchase(),
        tally.lastPurchase(),
        BigDecimal.valueOf(tally.grossCents(), 2),
        BigDecimal.valueOf(tally.refundCents(), 2));
  }

  private static Row line(Line line) {
    Document document = line.document();
    return RowFactory.create(
        document.orderId(),
        line.lineNo(),
        document.customer(),
        document.time(),
        line.product(),
        line.category(),
        line.quantity(),
        line.unitPrice(),
        line.amount(),
        document.currency(),
        document.status(),
        document.epochDay());
  }
}
