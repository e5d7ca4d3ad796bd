package io.gradus.clv;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The purchase models by their short names, simplest first. */
public enum PurchaseModelKind {
  /** BG/NBD. */
  BG_NBD("bg_nbd"),
  /** MBG/NBD. */
  MBG_NBD("mbg_nbd"),
  /** Pareto/NBD. */
  PARETO_NBD("pareto_nbd"),
  /** BG/CNBD-k. */
  BG_CNBD_K("bg_cnbd_k"),
  /** MBG/CNBD-k. */
  MBG_CNBD_K("mbg_cnbd_k"),
  /**
   * Poisson purchases without drop-out, each customer's rate drawn towards the rate of all as if
   * one purchase at that rate had been seen: what remains when no model can be fitted.
   */
  POOLED_RATE("pooled_rate");

  private static final int SMALLEST_K = 2;

  /** The largest k that is tried. */
  public static final int LARGEST_K = 5;

  /** Log-likelihood that a less simple model must gain. */
  static final double WORTHWHILE_GAIN = 2;

  private static final double NO_DROPOUT = 1e-6;

  private final String shortName;

  PurchaseModelKind(String shortName) {
    this.shortName = shortName;
  }

  /** The name in tables and settings. */
  public String shortName() {
    return shortName;
  }

  /**
   * The kind with a short name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PurchaseModelKind of(String shortName) {
    for (PurchaseModelKind kind : values()) {
      if (kind.shortName.equals(shortName)) {
        return kind;
      }
    }
    String known =
        Arrays.stream(values()).map(kind -> kind.shortName).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "unknown purchase model '" + shortName + "'; known are " + known);
  }

  /**
   * Fits the model; an Erlang model raises k from 2 to at most {@link #LARGEST_K} as long as the
   * likelihood rises.
   *
   * @throws IllegalArgumentException for an Erlang model when the data do not know the gaps
   */
  public Fit<? extends PurchaseProcess> fit(PurchaseData data) {
    return switch (this) {
      case BG_NBD -> PurchaseFits.betaGeometric(data, 1, false);
      case MBG_NBD -> PurchaseFits.betaGeometric(data, 1, true);
      case PARETO_NBD -> PurchaseFits.pareto(data);
      case BG_CNBD_K -> bestErlang(data, false);
      case MBG_CNBD_K -> bestErlang(data, true);
      case POOLED_RATE -> pooledRate(data);
    };
  }

  private static Fit<BetaGeometricProcess> pooledRate(PurchaseData data) {
    double alpha = 1 / data.summary().rate();
    BetaGeometricProcess process = new BetaGeometricProcess(1, false, 1, alpha, NO_DROPOUT, 1);
    double[] parameters = process.parameters();
    FitReport report =
        new FitReport(
            process.parameterNames(),
            parameters,
            new double[parameters.length][parameters.length],
            data.sum(new BetaGeometricLikelihood(1, false), parameters).value(),
            Double.NaN,
            0,
            false,
            "not fitted: the mean rate of all customers",
            data.summary().customers());
    return new Fit<>(process, report);
  }

  /**
   * Fits this model or, where the data do not allow it, BG/NBD or at last {@link #POOLED_RATE}: a
   * model cannot be fitted without any repeat purchase, or when its likelihood is not finite.
   */
  public Fitted fitOrFallBack(PurchaseData data) {
    List<PurchaseModelKind> chain = List.of(this, BG_NBD);
    if (data.summary().repeaters() > 0) {
      for (PurchaseModelKind kind : chain) {
        Fit<? extends PurchaseProcess> fit = kind.fit(data);
        if (Double.isFinite(fit.report().logLikelihood())) {
          return new Fitted(kind, fit.model(), fit.report());
        }
      }
    }
    Fit<? extends PurchaseProcess> fit = POOLED_RATE.fit(data);
    return new Fitted(POOLED_RATE, fit.model(), fit.report());
  }

  /**
   * Fits BG/NBD, MBG/NBD and Pareto/NBD and keeps the one of the highest likelihood; a later one
   * must gain {@link #WORTHWHILE_GAIN} on a simpler one. All have four parameters.
   */
  public static Fitted fitMostLikely(PurchaseData data) {
    Fitted best = BG_NBD.fitOrFallBack(data);
    for (PurchaseModelKind kind : List.of(MBG_NBD, PARETO_NBD)) {
      Fitted next = kind.fitOrFallBack(data);
      double gain = next.report().logLikelihood() - best.report().logLikelihood();
      if (next.kind() == kind && gain > WORTHWHILE_GAIN) {
        best = next;
      }
    }
    return best;
  }

  /**
   * A purchase model and what it is called.
   *
   * @param kind the model that was fitted in the end
   * @param process the model at the estimates
   * @param report how the fit ended
   */
  public record Fitted(PurchaseModelKind kind, PurchaseProcess process, FitReport report) {}

  private static Fit<BetaGeometricProcess> bestErlang(PurchaseData data, boolean dropoutAtZero) {
    if (Double.isNaN(data.summary().logGaps())) {
      throw new IllegalArgumentException(
          "Erlang models need the mean logarithm of each customer's gaps to choose k");
    }
    Fit<BetaGeometricProcess> best = PurchaseFits.betaGeometric(data, SMALLEST_K, dropoutAtZero);
    for (int k = SMALLEST_K + 1; k <= LARGEST_K; k++) {
      Fit<BetaGeometricProcess> next = PurchaseFits.betaGeometric(data, k, dropoutAtZero);
      if (!(next.report().logLikelihood() > best.report().logLikelihood())) {
        return best;
      }
      best = next;
    }
    return best;
  }

  /**
   * The model of this kind with given parameters.
   *
   * @param k stages of a wait; used by the Erlang models
   * @param parameters in the model's order
   */
  public PurchaseProcess withParameters(int k, double[] parameters) {
    double[] p = parameters;
    return switch (this) {
      case BG_NBD, POOLED_RATE -> new BetaGeometricProcess(1, false, p[0], p[1], p[2], p[3]);
      case MBG_NBD -> new BetaGeometricProcess(1, true, p[0], p[1], p[2], p[3]);
      case PARETO_NBD -> new ParetoProcess(p[0], p[1], p[2], p[3]);
      case BG_CNBD_K -> new BetaGeometricProcess(k, false, p[0], p[1], p[2], p[3]);
      case MBG_CNBD_K -> new BetaGeometricProcess(k, true, p[0], p[1], p[2], p[3]);
    };
  }
}
