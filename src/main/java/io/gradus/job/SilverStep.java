package io.gradus.job;

import static io.gradus.table.Columns.DISPOSITION;
import static io.gradus.table.Columns.LINE_COUNT;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.RUN_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.error.GradusException;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.Manifest;
import io.gradus.lake.ManifestStore;
import io.gradus.lake.RunRef;
import io.gradus.table.Money;
import io.gradus.table.Ops;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The silver tables of a run. They do not depend on the as-of date: when the published ones were
 * made from the same files and mapping, they are used as they are; when files were added since,
 * only these are read; anything else, such as a changed or removed file or another mapping, is a
 * full rebuild.
 */
final class SilverStep implements AutoCloseable {
  private static final int MANIFESTS_KEPT = 10;
  private static final String REBUILD = "silver";

  private final Lake lake;
  private final TransactionInput input;
  private final ManifestStore manifests;
  private final String hash;
  private final String rules;
  private final Optional<SilverBase> reusable;
  private final long newRows;
  private SilverBuild build;
  private String name;
  private @Nullable Reconciliation reconciliation;

  SilverStep(Lake lake, TransactionInput input) {
    this.lake = lake;
    this.input = input;
    this.manifests = new ManifestStore(lake);
    this.hash = input.silverHash();
    this.rules = input.rules();
    Optional<SilverBase> published = SilverBase.published(lake);
    this.reusable =
        published.filter(base -> base.hash().equals(hash) && !input.reached(base.firstFutureDay()));
    Optional<Manifest> added = published.flatMap(this::added);
    if (reusable.isPresent()) {
      newRows = 0;
      build = new SilverReuse(lake, reusable.get());
      name = "silver (reused)";
    } else if (published.isPresent() && added.isPresent()) {
      newRows = added.get().rows();
      build = new SilverIncrement(lake, input, published.get(), added.get());
      name = "silver (new files)";
    } else {
      newRows = rows();
      build = new SilverRebuild(lake, input);
      name = REBUILD;
    }
  }

  /**
   * What was known of the input of the published silver tables, so that its files are not opened
   * again.
   */
  static Optional<Manifest> known(Lake lake) {
    return SilverBase.published(lake).flatMap(base -> new ManifestStore(lake).load(base.hash()));
  }

  /** The new files, when nothing else differs from what is published. */
  private Optional<Manifest> added(SilverBase base) {
    if (!base.rules().equals(rules) || input.reached(base.firstFutureDay())) {
      return Optional.empty();
    }
    Manifest now = input.manifest();
    return manifests
        .load(base.hash())
        .filter(before -> before.newSince(now).isEmpty())
        .map(now::newSince)
        .filter(files -> !files.isEmpty())
        .map(now::only);
  }

  /** What a stage of this step is called, once its rows are reconciled. */
  String name() {
    return name;
  }

  /** Source rows of the whole input. */
  long rows() {
    return input.manifest().rows();
  }

  /** Those of them that the published tables do not have. */
  long newRows() {
    return rebuilt() ? rows() : newRows;
  }

  /** Whether every file is read. */
  boolean rebuilt() {
    return build instanceof SilverRebuild;
  }

  /** Whether the published silver tables serve this run. */
  boolean reused() {
    return reusable.isPresent();
  }

  /** What became of each source row; read from the lake when the silver tables are reused. */
  Reconciliation reconcile() {
    SparkRuntime.sizeFor(input.session(), newRows);
    Reconciliation counted = build.reconcile();
    if (build.overturns()) {
      build.close();
      SparkRuntime.sizeFor(input.session(), rows());
      build = new SilverRebuild(lake, input);
      name = REBUILD;
      counted = build.reconcile();
    }
    reconciliation = counted;
    if (counted.totalRows() != rows()) {
      throw GradusException.input(
          String.format(
              Locale.ROOT,
              "%s: %d rows were read, the files' footers promise %d; deliver the files again",
              input.source().path(),
              counted.totalRows(),
              rows()));
    }
    return counted;
  }

  /** The median of the rows that published runs accepted; 0 when there is none. */
  double medianAcceptedOfPast() {
    if (lake.published().current().isEmpty()) {
      return 0;
    }
    double[] accepted =
        lake
            .readPublished(Ops.RECONCILIATION)
            .where(col(DISPOSITION).equalTo(Disposition.ACCEPTED.code()))
            .groupBy(RUN_ID)
            .agg(sum("rows"))
            .collectAsList()
            .stream()
            .mapToDouble(row -> row.getLong(1))
            .sorted()
            .toArray();
    int n = accepted.length;
    return n == 0 ? 0 : (accepted[(n - 1) / 2] + accepted[n / 2]) / 2;
  }

  /**
   * The purchase days, written with the other silver tables unless they are reused. The files that
   * this run has added and removed are counted again and held against the reconciliation.
   */
  Dataset<Row> purchaseDays(RunRef run) {
    Dataset<Row> days = build.write(run);
    if (!reused()) {
      build.written(run).ifPresent(SilverStep::verify);
      manifests.save(hash, input.manifest());
    }
    SparkRuntime.sizeFor(input.session(), rows());
    return days;
  }

  /** The purchase days without writing anything, for readers of history. */
  Dataset<Row> history() {
    SparkRuntime.sizeFor(input.session(), rows());
    return build.history();
  }

  /** See {@link SilverBuild#changedDays}. */
  Optional<Dataset<Row>> changedDays() {
    return build.changedDays();
  }

  /** The reconciliation as rows of {@code ops.reconciliation}. */
  List<Line> lines() {
    return present(reconciliation).lines();
  }

  /** What the publication keeps so that a later run can build on the silver tables. */
  Map<String, String> attributes() {
    Reconciliation counted = present(reconciliation);
    return Map.of(
        SilverBase.HASH,
        hash,
        SilverBase.RULES,
        rules,
        SilverBase.FIRST_DAY,
        String.valueOf(counted.firstDay()),
        SilverBase.LAST_DAY,
        String.valueOf(counted.lastDay()),
        SilverBase.FIRST_FUTURE_DAY,
        String.valueOf(counted.firstFutureDay()));
  }

  /** Forgets the inputs of old publications; call it after publishing. */
  void prune() {
    if (reused()) {
      return;
    }
    Set<String> used = new HashSet<>();
    lake.published().rows().stream()
        .skip(Math.max(0, lake.published().rows().size() - MANIFESTS_KEPT))
        .forEach(row -> used.add(new SilverBase(row).hash()));
    manifests.keepOnly(used);
  }

  @Override
  public void close() {
    build.close();
  }

  private static void verify(SilverBuild.Written written) {
    Column cents = Money.toCents(col(NET_AMOUNT));
    Row totals =
        written
            .added()
            .select(cents.as(NET_AMOUNT), col(LINE_COUNT))
            .unionAll(written.removed().select(cents.multiply(-1), col(LINE_COUNT).multiply(-1)))
            .agg(coalesce(sum(NET_AMOUNT), lit(0L)), coalesce(sum(LINE_COUNT), lit(0L)))
            .head();
    BigDecimal amount = BigDecimal.valueOf(totals.getLong(0), 2);
    long lines = totals.getLong(1);
    if (lines != written.lines() || amount.compareTo(written.amount()) != 0) {
      throw GradusException.gate(
          String.format(
              Locale.ROOT,
              "silver.purchase_day has risen by %d lines and %s, the reconciliation by %d accepted"
                  + " lines and %s; nothing was published, report this",
              lines,
              amount,
              written.lines(),
              written.amount()));
    }
  }

  /**
   * The first and last day with an accepted row, when a publication tells them; a run that needs no
   * more than that costs no read of a table.
   */
  Optional<Span> span() {
    return reusable.map(base -> new Span(base.firstDay(), base.lastDay()));
  }

  /** First and last day, null without an accepted row. */
  record Span(@Nullable LocalDate first, @Nullable LocalDate last) {}

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("reconcile comes first");
    }
    return value;
  }
}
