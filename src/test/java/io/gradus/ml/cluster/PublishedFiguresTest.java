package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Algorithms and criteria against figures that R, scikit-learn and Spark publish for iris. */
class PublishedFiguresTest {
  private final Points iris = Iris.points();

  /** tot.withinss of R's kmeans and inertia_ of scikit-learn's KMeans. */
  @Test
  void kMeansReachesThePublishedOptimum() {
    assertThat(fit(1).cost()).isCloseTo(681.3706, within(1e-4));
    assertThat(fit(2).cost()).isCloseTo(152.34795, within(1e-4));
    assertThat(fit(3).cost()).isCloseTo(78.851441, within(1e-5));
    assertThat(fit(4).cost()).isCloseTo(57.228473, within(1e-5));
    long[] sizes = new long[3];
    Arrays.stream(fit(3).labels()).forEach(c -> sizes[c]++);
    Arrays.sort(sizes);
    assertThat(sizes).containsExactly(38, 50, 62);
  }

  /** scikit-learn: davies_bouldin_score .6620 and calinski_harabasz_score 561.63 for k = 3. */
  @Test
  void criteriaAgreeWithScikitLearn() {
    ClusterCriteria criteria = ClusterCriteria.of(iris, fit(3).labels(), 3);
    assertThat(criteria.daviesBouldin()).isCloseTo(0.66197, within(1e-5));
    assertThat(criteria.calinskiHarabasz()).isCloseTo(561.6278, within(1e-4));
    assertThat(criteria.withinSquares()).isCloseTo(78.851441, within(1e-5));
    assertThat(criteria.smallestShare()).isCloseTo(38 / 150.0, within(1e-12));
  }

  /** scikit-learn's silhouette_score with metric sqeuclidean, quoted in Spark's own test. */
  @Test
  void silhouetteAgreesWithScikitLearn() {
    ClusterCriteria criteria = ClusterCriteria.of(Iris.uciPoints(), Iris.species(), 3);
    assertThat(criteria.silhouette()).isCloseTo(0.6564679231, within(1e-10));
  }

  /** adjusted_rand_score of k-means .7302 and of a full Gaussian mixture .9039 with the species. */
  @Test
  void agreementWithTheSpeciesIsThePublishedOne() {
    assertThat(rand(fit(3).labels())).isCloseTo(0.7302382723, within(1e-10));
    Components mixture = ClusterAlgorithm.GAUSSIAN_MIXTURE.fit(iris, iris.unitWeights(), 3, 10, 1);
    assertThat(rand(mixture.assign(iris))).isCloseTo(0.9038742318, within(1e-10));
  }

  /** The examples of scikit-learn's adjusted_rand_score. */
  @Test
  void adjustedRandExamples() {
    assertThat(adjustedRand(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}))
        .isCloseTo(4 / 7.0, within(1e-12));
    assertThat(adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}))
        .isCloseTo(-0.5, within(1e-12));
    assertThat(adjustedRand(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0})).isEqualTo(1);
    assertThat(adjustedRand(new int[] {0, 0, 0, 0}, new int[] {0, 1, 2, 3})).isZero();
  }

  /** The first split of iris is setosa against the rest, up to three flowers. */
  @Test
  void bisectingSplitsTheWidestClusterFirst() {
    Components two = ClusterAlgorithm.BISECTING.fit(iris, iris.unitWeights(), 2, 10, 1);
    assertThat(ClusterCriteria.of(iris, two.assign(iris), 2).withinSquares())
        .isCloseTo(152.34795, within(1e-4));
    Components three = ClusterAlgorithm.BISECTING.fit(iris, iris.unitWeights(), 3, 10, 1);
    assertThat(rand(three.assign(iris))).isGreaterThan(0.5);
  }

  /** Weight 2 on a point is the point twice. */
  @Test
  void weightsCountPoints() {
    double[] twice = new double[iris.values.length * 2];
    System.arraycopy(iris.values, 0, twice, 0, iris.values.length);
    System.arraycopy(iris.values, 0, twice, iris.values.length, iris.values.length);
    double[] two = new double[iris.count];
    Arrays.fill(two, 2);
    double doubled = KMeans.best(iris, two, 3, 10, 1).cost();
    Points copies = new Points(twice, 4);
    assertThat(KMeans.best(copies, copies.unitWeights(), 3, 10, 1).cost())
        .isCloseTo(doubled, within(1e-6));
  }

  /** Tibshirani's one-standard-error rule finds three round groups in the plane, one in noise. */
  @Test
  void gapStatisticFindsTheGroups() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] rows = new double[300][2];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = i % 3 * 4 + gaussian(random);
      rows[i][1] = i % 3 % 2 * 4 + gaussian(random);
    }
    assertThat(byGap(Points.of(rows))).isEqualTo(3);
    for (double[] row : rows) {
      row[0] = random.nextDouble();
      row[1] = random.nextDouble();
    }
    assertThat(byGap(Points.of(rows))).isEqualTo(1);
  }

  @Test
  void emptiedClustersMoveToTheWorstPoint() {
    Points line = Points.of(new double[][] {{0}, {0.1}, {0.2}, {9}});
    KMeans.Fit fit = KMeans.lloyd(line, line.unitWeights(), new double[][] {{0.1}, {-50}});
    assertThat(fit.centres()[1][0]).isEqualTo(9);
    assertThat(fit.cost()).isCloseTo(0.02, within(1e-12));
  }

  private static int byGap(Points points) {
    for (int k = 1; k < 6; k++) {
      GapStatistic here = GapStatistic.of(points, ClusterAlgorithm.KMEANS, k, 20, 3);
      GapStatistic next = GapStatistic.of(points, ClusterAlgorithm.KMEANS, k + 1, 20, 3);
      if (here.gap() >= next.gap() - next.standardError()) {
        return k;
      }
    }
    return 6;
  }

  private static double gaussian(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return 0.6 * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private KMeans.Fit fit(int k) {
    return KMeans.best(iris, iris.unitWeights(), k, 200, 1);
  }

  private static double rand(int[] labels) {
    return Agreement.of(Iris.species(), 3, labels, 3).adjustedRand();
  }

  private static double adjustedRand(int[] first, int[] second) {
    return Agreement.of(first, 4, second, 4).adjustedRand();
  }
}
