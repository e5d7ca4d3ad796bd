package io.gradus.math;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Minimises a twice differentiable function of a few variables in a box by projected Newton steps
 * with a Levenberg–Marquardt ridge and step halving (Bertsekas 1982, SIAM J. Control 20(2); Nocedal
 * and Wright 2006, chapter 3).
 */
public final class BoundedNewton {
  private static final int MAX_ITERATIONS = 200;
  private static final int MAX_HALVINGS = 40;
  private static final double MAX_STEP = 1.5;
  private static final double ROUNDING = 1e-15;
  private static final double FLAT = 1e-11;
  private static final int FLAT_STEPS = 5;

  private final double[] lower;
  private final double[] upper;
  private final double gradientTolerance;

  /**
   * @param lower the box's lower corner
   * @param upper the box's upper corner
   * @param gradientTolerance the largest absolute component of the projected gradient that counts
   *     as converged
   */
  public BoundedNewton(double[] lower, double[] upper, double gradientTolerance) {
    this.lower = lower.clone();
    this.upper = upper.clone();
    this.gradientTolerance = gradientTolerance;
  }

  /**
   * Where the search ended.
   *
   * @param point the arguments
   * @param derivatives the function there
   * @param gradientNorm largest absolute component of the projected gradient
   * @param iterations accepted Newton steps
   * @param converged whether the projected gradient met the tolerance, or nothing smaller can be
   *     told apart in double precision; not on a plain where several steps in a row gain next to
   *     nothing
   * @param reason one phrase that says why the search stopped
   */
  public record Minimum(
      double[] point,
      Derivatives derivatives,
      double gradientNorm,
      int iterations,
      boolean converged,
      String reason) {}

  /** Searches from {@code start}, which is first moved into the box. */
  public Minimum minimise(Function<double[], Derivatives> function, double[] start) {
    double[] point = project(start);
    Derivatives here = function.apply(point);
    if (!here.isFinite()) {
      return new Minimum(point, here, Double.NaN, 0, false, "not finite at the start");
    }
    int flat = 0;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      boolean[] fixed = fixed(point, here.gradient());
      double norm = norm(here.gradient(), fixed);
      if (norm <= gradientTolerance) {
        return new Minimum(point, here, norm, iteration, true, "gradient below tolerance");
      }
      if (flat >= FLAT_STEPS) {
        return new Minimum(point, here, norm, iteration, false, "flat: steps gain next to nothing");
      }
      double[] step = newtonStep(here, fixed);
      Trial next = halveUntilLower(function, point, here, step);
      if (next == null) {
        boolean exact = norm <= 1e5 * gradientTolerance;
        String reason = exact ? "gradient at rounding level" : "no descent along the Newton step";
        return new Minimum(point, here, norm, iteration, exact, reason);
      }
      double gain = here.value() - next.derivatives().value();
      flat = gain <= FLAT * Math.abs(here.value()) ? flat + 1 : 0;
      point = next.point();
      here = next.derivatives();
    }
    double norm = norm(here.gradient(), fixed(point, here.gradient()));
    return new Minimum(point, here, norm, MAX_ITERATIONS, false, "iteration limit reached");
  }

  private record Trial(double[] point, Derivatives derivatives) {}

  private @Nullable Trial halveUntilLower(
      Function<double[], Derivatives> function, double[] point, Derivatives here, double[] step) {
    double scale = 1;
    for (int halving = 0; halving < MAX_HALVINGS; halving++) {
      double[] candidate = point.clone();
      for (int i = 0; i < candidate.length; i++) {
        candidate[i] += scale * step[i];
      }
      candidate = project(candidate);
      double predicted = 0;
      for (int i = 0; i < candidate.length; i++) {
        predicted += here.gradient()[i] * (candidate[i] - point[i]);
      }
      if (-predicted <= ROUNDING * Math.abs(here.value())) {
        return polish(function, candidate, here);
      }
      Derivatives there = function.apply(candidate);
      if (there.isFinite() && there.value() <= here.value() + 1e-4 * predicted) {
        return new Trial(candidate, there);
      }
      scale /= 2;
    }
    return null;
  }

  /** Below the value's rounding only the gradient tells whether a step is better. */
  private @Nullable Trial polish(
      Function<double[], Derivatives> function, double[] candidate, Derivatives here) {
    Derivatives there = function.apply(candidate);
    boolean[] none = new boolean[candidate.length];
    boolean better =
        there.isFinite() && norm(there.gradient(), none) < 0.5 * norm(here.gradient(), none);
    return better ? new Trial(candidate, there) : null;
  }

  private static double[] newtonStep(Derivatives here, boolean[] fixed) {
    int n = fixed.length;
    double[][] matrix = new double[n][n];
    double[] right = new double[n];
    double largest = 1e-12;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean free = !fixed[i] && !fixed[j];
        matrix[i][j] = free ? here.hessian()[i][j] : i == j ? 1 : 0;
      }
      right[i] = fixed[i] ? 0 : -here.gradient()[i];
      largest = fixed[i] ? largest : Math.max(largest, Math.abs(matrix[i][i]));
    }
    double ridge = 0;
    while (true) {
      Cholesky factor = Cholesky.of(matrix, ridge);
      if (factor != null) {
        double[] step = factor.solve(right);
        double length = norm(step, fixed);
        if (length <= MAX_STEP || ridge > 1e6 * largest) {
          return length <= MAX_STEP ? step : scaled(step, MAX_STEP / length);
        }
      }
      ridge = ridge == 0 ? 1e-6 * largest : 4 * ridge;
    }
  }

  private static double[] scaled(double[] vector, double factor) {
    double[] result = vector.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= factor;
    }
    return result;
  }

  private boolean[] fixed(double[] point, double[] gradient) {
    boolean[] fixed = new boolean[point.length];
    for (int i = 0; i < point.length; i++) {
      fixed[i] =
          point[i] <= lower[i] && gradient[i] >= 0 || point[i] >= upper[i] && gradient[i] <= 0;
    }
    return fixed;
  }

  private static double norm(double[] vector, boolean[] left) {
    double norm = 0;
    for (int i = 0; i < vector.length; i++) {
      norm = left[i] ? norm : Math.max(norm, Math.abs(vector[i]));
    }
    return norm;
  }

  private double[] project(double[] point) {
    double[] inside = point.clone();
    for (int i = 0; i < inside.length; i++) {
      inside[i] = Math.min(upper[i], Math.max(lower[i], inside[i]));
    }
    return inside;
  }
}
