package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.ml.cluster.ClusterEvent.Type;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterIdentityTest {
  private static final double[][] LINE = {{0}, {10}, {20}};

  @Test
  void permutedLabelsKeepTheirKeys() {
    int[] before = {0, 0, 0, 1, 1, 1, 2, 2, 2};
    int[] after = {2, 2, 2, 0, 0, 0, 1, 1, 1};
    ClusterIdentity identity =
        new ClusterIdentity(
            List.of("C1", "C2", "C3"), before, LINE, after, new double[][] {{10}, {20}, {0}});
    ClusterIdentity.Keys keys = identity.keys(4);
    assertThat(keys.keys()).containsExactly("C2", "C3", "C1");
    assertThat(keys.nextKey()).isEqualTo(4);
    assertThat(identity.events(keys.keys())).allMatch(e -> e.type() == Type.KEPT && !e.alert());
  }

  /** C2 falls apart into halves that each share exactly half of it: one half keeps the key. */
  @Test
  void aSplitIsToldApart() {
    int[] before = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    int[] after = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2};
    ClusterIdentity identity =
        new ClusterIdentity(List.of("C1", "C2"), before, new double[][] {{0}, {10}}, after, LINE);
    ClusterIdentity.Keys keys = identity.keys(3);
    assertThat(keys.keys()).containsExactly("C1", "C2", "C3");
    List<ClusterEvent> events = identity.events(keys.keys());
    assertThat(types(events)).containsExactly(Type.KEPT, Type.KEPT, Type.BORN, Type.SPLIT);
    assertThat(events.get(1).jaccard()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(events.get(3).key()).isEqualTo("C2");
    assertThat(events.get(3).related()).containsExactly("C2", "C3");
    assertThat(events.get(3).messageZh()).contains("拆分");
  }

  @Test
  void aMergerRetiresTheSmallerKey() {
    int[] before = {0, 0, 0, 1, 1, 1, 1, 2, 2};
    int[] after = {0, 0, 0, 1, 1, 1, 1, 1, 1};
    ClusterIdentity identity =
        new ClusterIdentity(
            List.of("C1", "C5", "C6"), before, LINE, after, new double[][] {{0}, {13}});
    ClusterIdentity.Keys keys = identity.keys(7);
    assertThat(keys.keys()).containsExactly("C1", "C5");
    assertThat(keys.retired()).containsExactly("C6");
    List<ClusterEvent> events = identity.events(keys.keys());
    assertThat(types(events)).containsExactly(Type.KEPT, Type.KEPT, Type.RETIRED, Type.MERGED);
    assertThat(events.get(3).related()).containsExactly("C5", "C6");
  }

  /** Below half of the members in common nothing continues, however near the centres are. */
  @Test
  void strangersGetNewKeys() {
    int[] before = {0, 0, 0, 1, 1, 1};
    int[] after = {0, 1, 0, 1, 0, 1};
    ClusterIdentity identity =
        new ClusterIdentity(
            List.of("C1", "C2"),
            before,
            new double[][] {{0}, {1}},
            after,
            new double[][] {{0}, {1}});
    assertThat(identity.predecessors()).containsExactly(0, 1);
    int[] shuffled = {0, 1, 2, 0, 1, 2};
    ClusterIdentity lost =
        new ClusterIdentity(List.of("C1", "C2"), before, new double[][] {{0}, {1}}, shuffled, LINE);
    ClusterIdentity.Keys keys = lost.keys(3);
    assertThat(keys.keys()).containsExactly("C3", "C4", "C5");
    assertThat(keys.retired()).containsExactly("C1", "C2");
    assertThat(types(lost.events(keys.keys())))
        .containsExactly(Type.BORN, Type.BORN, Type.BORN, Type.RETIRED, Type.RETIRED);
  }

  @Test
  void namesAreUniqueAndStay() {
    List<String> columns = List.of("days_since_last", "purchases_365d", "spend_365d");
    double[][] z = {{-1, 1.5, 1.2}, {-0.9, 1.6, 1.1}, {1.3, -0.9, -0.5}, {0.1, 0.1, -0.1}};
    ClusterNames.ClusterName[] names =
        ClusterNames.name(z, columns, new ClusterNames.ClusterName[4]);
    assertThat(Arrays.stream(names).map(ClusterNames.ClusterName::english))
        .containsExactly(
            "Frequent, high spend",
            "Frequent, high spend (2)",
            "Long absent, infrequent",
            "Average")
        .doesNotHaveDuplicates();
    assertThat(names[2].chinese()).isEqualTo("久未购买、低频");
    double[][] drifted = {{-1, 1.2, 1.4}, {-0.9, 1.6, 1.1}, {-1.3, -0.9, -0.5}, {0, 0.2, -0.1}};
    ClusterNames.ClusterName[] later = ClusterNames.name(drifted, columns, names);
    assertThat(later[0]).isEqualTo(names[0]);
    assertThat(later[2].english()).isEqualTo("Recent, infrequent");
    assertThat(later[3]).isEqualTo(names[3]);
  }

  private static List<Type> types(List<ClusterEvent> events) {
    return events.stream().map(ClusterEvent::type).toList();
  }
}
