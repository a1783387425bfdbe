package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.PlanBuilder;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.NoRoom;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@Tag("cluster")
class KubernetesInstancesTest {
  private static final Plan PLAN = PlanBuilder.coinflip();
  private static ClusterNamespace namespace;
  private KubernetesCluster cluster;
  private KubernetesCluster other;
  private Run run;

  @BeforeAll
  static void prepare() {
    namespace = new ClusterNamespace(Map.of());
    namespace.deploy(PLAN, "files");
  }

  @AfterAll
  static void cleanUp() {
    namespace.close();
  }

  @BeforeEach
  void begin(TestInfo test) {
    cluster = namespace.open();
    other = namespace.open();
    String name = "r" + Integer.toHexString(test.getDisplayName().hashCode());
    run = ClusterNamespace.run(PLAN, name);
    cluster.runs().create(run);
  }

  @AfterEach
  void close() {
    other.close();
    cluster.close();
  }

  @Test
  void createsAnInstanceOnceAndShowsItAtOnce() {
    // When
    boolean first = create("a", true);
    List<Instance> seen = cluster.instances().of(run.name());
    boolean second = create("a", true);

    // Then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(seen).extracting(Instance::state).containsExactly(State.GATED);
  }

  @Test
  void createsMoreAtOnceThanOneConnectionHasStreams() throws Exception {
    // Given: the API server allows a hundred
    List<Callable<Boolean>> creations =
        IntStream.range(0, 200)
            .<Callable<Boolean>>mapToObj(n -> () -> create("many-" + n, true))
            .toList();

    // When
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> created = threads.invokeAll(creations);

      // Then
      for (Future<Boolean> each : created) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  @Test
  void showsAnInstanceThatAnotherHasCreatedAsSoonAsItIsMet() {
    // Given
    create("b", true);

    // When
    boolean created = other.instances().create(ClusterNamespace.instance(run, instance("b"), true));

    // Then
    assertThat(created).isFalse();
    assertThat(states(other)).containsExactly(State.GATED);
  }

  @Test
  void catchesUpWithAVersionThatAnEventNames() {
    // Given
    create("c", true);
    String version = namespace.pod(instance("c")).getMetadata().getResourceVersion();

    // When
    other.instances().catchUp(version);

    // Then
    assertThat(states(other)).containsExactly(State.GATED);
  }

  @Test
  void doesNotWaitForEverForAVersionThatNobodyHasSeen() {
    // Given
    create("d", true);
    String version = namespace.pod(instance("d")).getMetadata().getResourceVersion();
    long soon = Long.parseLong(version) + 1_000_000;

    // When // Then
    assertThatThrownBy(() -> cluster.instances().catchUp(Long.toString(soon)))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void doesNotWaitForAVersionThatIsYearsAhead() {
    assertThatCode(() -> cluster.instances().catchUp("9000000000000000000"))
        .doesNotThrowAnyException();
  }

  @Test
  void opensAGate() {
    // Given
    create("d", true);

    // When
    cluster.instances().openGate(instance("d"));
    cluster.instances().openGate(instance("d"));

    // Then
    assertThat(gates("d")).isEmpty();
    assertThat(states(cluster)).containsExactly(State.PENDING);
  }

  @Test
  void givesAnInstanceNewerParametersAndNeverOlderOnes() {
    // Given
    create("u", true);
    other.instances().catchUp(namespace.pod(instance("u")).getMetadata().getResourceVersion());

    // When: the second to write knows the pod as it was before the first
    cluster.instances().update(instance("u"), new TreeMap<>(Map.of("colour", "blue")), 2);
    other.instances().update(instance("u"), new TreeMap<>(Map.of("colour", "red")), 1);

    // Then
    assertThat(namespace.pod(instance("u")).getMetadata().getAnnotations())
        .containsEntry(Marks.PARAMETER_PREFIX + "colour", "blue");
    assertThat(cluster.instances().of(run.name()))
        .extracting(Instance::revision)
        .containsExactly(2L);
  }

  @Test
  void aGatedInstanceThatIsStoppedNeverRuns() {
    // Given
    create("e", true);

    // When
    cluster.instances().stop(instance("e"), "not wanted");
    cluster.instances().stop(instance("e"), "not wanted");

    // Then
    assertThat(states(cluster)).containsExactly(State.STOPPED);
    assertThat(namespace.pod(instance("e")).getStatus().getPhase()).isEqualTo("Failed");
    assertThat(namespace.pod(instance("e")).getMetadata().getAnnotations())
        .containsEntry(Marks.STOPPED, "not wanted");
  }

  @Test
  void aGateStaysShutForWhomAnotherHasStopped() {
    // Given
    create("f", true);
    other.instances().catchUp(namespace.pod(instance("f")).getMetadata().getResourceVersion());

    // When
    cluster.instances().stop(instance("f"), "not wanted");
    other.instances().openGate(instance("f"));

    // Then
    assertThat(gates("f")).isNotEmpty();
  }

  @Test
  void completesAStopThatWasCutShort() {
    // Given
    create("g", true);
    SeenPod pod = SeenPod.of(namespace.pod(instance("g"))).orElseThrow();
    namespace
        .client
        .resource(namespace.pod(instance("g")))
        .patch(Patches.STRATEGIC, Patches.stop(pod, "half", Instant.now()));

    // When
    cluster.instances().stop(instance("g"), "again");

    // Then
    assertThat(namespace.pod(instance("g")).getStatus().getPhase()).isEqualTo("Failed");
  }

  @Test
  void endsAPodThatItsNodeHas() throws InterruptedException {
    // Given
    create("h", false);
    ClusterNamespace.eventually(
        () -> namespace.pod(instance("h")).getStatus().getStartTime() != null);

    // When
    cluster.instances().stop(instance("h"), "enough");

    // Then
    ClusterNamespace.eventually(() -> states(cluster).equals(List.of(State.STOPPED)));
  }

  @Test
  void givesUpWhatItsNodeCannotStart() throws InterruptedException {
    // Given
    create("w", false);
    ClusterNamespace.eventually(
        () -> namespace.pod(instance("w")).getStatus().getStartTime() != null);

    // When
    cluster.instances().giveUp(instance("w"), "did not start");

    // Then
    ClusterNamespace.eventually(() -> states(cluster).equals(List.of(State.FAILED)));
    assertThat(cluster.instances().of(run.name()))
        .extracting(Instance::message)
        .containsExactly("did not start");
  }

  @Test
  void aGatedInstanceIsNotGivenUp() {
    // Given
    create("v", true);

    // When
    cluster.instances().giveUp(instance("v"), "did not start");

    // Then
    assertThat(states(cluster)).containsExactly(State.GATED);
  }

  @Test
  void deletesAnEndedInstanceAtOnceAndForGood() {
    // Given
    create("i", true);
    cluster.instances().stop(instance("i"), "not wanted");

    // When
    cluster.instances().delete(instance("i"));
    cluster.instances().delete(instance("i"));

    // Then
    assertThat(cluster.instances().of(run.name())).isEmpty();
    assertThat(namespace.client.pods().inNamespace(namespace.name).withName(instance("i")).get())
        .isNull();
  }

  @Test
  void doesNothingToAnInstanceThatIsGone() {
    cluster.instances().openGate("no-such-pod");
    cluster.instances().stop("no-such-pod", "");
    cluster.instances().delete("no-such-pod");
  }

  @Test
  void saysWhatToSetWherePodSecurityForbidsHostPath() {
    try (ClusterNamespace restricted =
        new ClusterNamespace(Map.of("pod-security.kubernetes.io/enforce", "restricted"))) {
      // Given
      restricted.deploy(PLAN, "files");
      KubernetesCluster there = restricted.open();
      there.runs().create(ClusterNamespace.run(PLAN, "refused"));

      // Then
      assertThatThrownBy(
              () ->
                  there
                      .instances()
                      .create(
                          ClusterNamespace.watched(
                              ClusterNamespace.run(PLAN, "refused"), "refused-a")))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("compile with --logs=api")
          .hasMessageContaining("pod-security.kubernetes.io/enforce=privileged");
      there.close();
    }
  }

  @Test
  void waitsWhereTheQuotaIsUsedUp() {
    try (ClusterNamespace full = new ClusterNamespace(Map.of())) {
      // Given
      full.deploy(PLAN, "files");
      KubernetesCluster there = full.open();
      there.runs().create(ClusterNamespace.run(PLAN, "waits"));
      full.client
          .resource(
              new ResourceQuotaBuilder()
                  .withNewMetadata()
                  .withName("none")
                  .withNamespace(full.name)
                  .endMetadata()
                  .withNewSpec()
                  .addToHard("pods", new Quantity("0"))
                  .endSpec()
                  .build())
          .create();

      // Then
      assertThatThrownBy(
              () ->
                  there
                      .instances()
                      .create(
                          ClusterNamespace.instance(
                              ClusterNamespace.run(PLAN, "waits"), "waits-a", false)))
          .isInstanceOf(NoRoom.class)
          .hasMessageContaining("exceeded quota");
      there.close();
    }
  }

  private boolean create(String name, boolean gated) {
    return cluster.instances().create(ClusterNamespace.instance(run, instance(name), gated));
  }

  private String instance(String name) {
    return run.name() + "-" + name;
  }

  private List<State> states(KubernetesCluster of) {
    return of.instances().of(run.name()).stream().map(Instance::state).toList();
  }

  private List<PodSchedulingGate> gates(String name) {
    return namespace.pod(instance(name)).getSpec().getSchedulingGates();
  }
}
