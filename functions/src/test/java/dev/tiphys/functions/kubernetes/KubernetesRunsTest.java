package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.PlanBuilder;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.functions.run.TaskCounts;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class KubernetesRunsTest {
  private static final Plan PLAN = PlanBuilder.coinflip();
  private static ClusterNamespace namespace;
  private KubernetesCluster cluster;

  @BeforeAll
  static void prepare() {
    namespace = new ClusterNamespace(Map.of());
    namespace.deploy(PLAN, "files");
    namespace.client.resource(watcher()).create();
  }

  @AfterAll
  static void cleanUp() {
    namespace.close();
  }

  @BeforeEach
  void open() {
    cluster = namespace.open();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void storesARunOnceWhenItIsBegunTwice() {
    // Given
    Run run = ClusterNamespace.run(PLAN, "twice");

    // When
    List<Runs.Creation> created = List.of(cluster.runs().create(run), cluster.runs().create(run));

    // Then
    assertThat(created).containsExactly(Runs.Creation.CREATED, Runs.Creation.EXISTS);
    Run found = cluster.runs().find("twice").orElseThrow();
    assertThat(found.withVersion("")).isEqualTo(run);
    assertThat(found.version()).isNotEmpty();
  }

  @Test
  void aRunThatHasBegunIsActiveForEveryFunctionAtOnce() {
    // Given
    try (KubernetesCluster other = namespace.open()) {
      for (int n = 0; n < 20; n++) {
        Run run = ClusterNamespace.run(PLAN, "shown-" + n);

        // When
        cluster.runs().create(run);

        // Then
        assertThat(other.runs().active(PLAN.workflow())).extracting(Run::name).contains(run.name());
      }
    }
  }

  @Test
  void completesARunThatWasNotBegunWhole() {
    // Given
    Run run = ClusterNamespace.run(PLAN, "cut-short");
    WorkflowRun object = RunObject.begun(run);
    namespace.client.resource(inNamespace(object)).create();
    Optional<Run> before = cluster.runs().find("cut-short");

    // When
    Runs.Creation created = cluster.runs().create(run);

    // Then
    assertThat(before).isEmpty();
    assertThat(created).isEqualTo(Runs.Creation.CREATED);
    assertThat(cluster.runs().find("cut-short")).isPresent();
  }

  @Test
  void writesOnlyOverTheVersionThatWasRead() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "contended"));
    Run read = cluster.runs().find("contended").orElseThrow();
    Run late = read.withFate("stop flip-coin", Fate.LATE);

    // When
    boolean first = cluster.runs().replace(late, summary(late));
    boolean second = cluster.runs().replace(late, summary(late));

    // Then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(cluster.runs().find("contended").orElseThrow().fates().of(Fate.LATE)).isEqualTo(1);
  }

  @Test
  void knowsThatARunHasChangedSinceItWasRead() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "superseded"));
    Run read = cluster.runs().find("superseded").orElseThrow();
    boolean before = cluster.runs().superseded(read);
    Run late = read.withFate("stop flip-coin", Fate.LATE);

    // When
    cluster.runs().replace(late, summary(late));

    // Then
    assertThat(before).isFalse();
    assertThat(cluster.runs().superseded(read)).isTrue();
    assertThat(cluster.runs().superseded(cluster.runs().find("superseded").orElseThrow()))
        .isFalse();
  }

  @Test
  void writesNothingForARunThatIsGone() {
    Run gone = ClusterNamespace.run(PLAN, "gone").withVersion("1");

    assertThat(cluster.runs().replace(gone, summary(gone))).isFalse();
  }

  @Test
  void tellsPeopleHowARunFares() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "told"));
    Run read = cluster.runs().find("told").orElseThrow();
    Run failed = read.with(PLAN.entrypoint(), read.root().to(Phase.FAILED, "no more money"));

    // When
    cluster.runs().replace(failed, summary(failed));

    // Then
    WorkflowRun object = object("told");
    assertThat(object.getStatus().sink()).isEqualTo(ClusterNamespace.SINK);
    assertThat(object.getMetadata().getLabels()).containsEntry(Marks.WORKFLOW, PLAN.workflow());
    assertThat(object.getStatus().phase()).isEqualTo("Failed");
    assertThat(object.getStatus().message()).isEqualTo("no more money");
    assertThat(object.getStatus().finishedAt()).isNotNull();
  }

  @Test
  void keepsWhenARunHasEnded() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "ended"));
    Run read = cluster.runs().find("ended").orElseThrow();
    Run ended = read.with(PLAN.entrypoint(), read.root().to(Phase.SUCCEEDED, ""));
    cluster.runs().replace(ended, summary(ended));
    String finishedAt = object("ended").getStatus().finishedAt();
    KubernetesCluster other = namespace.open();

    // When
    Run late = other.runs().find("ended").orElseThrow().withFate("stop flip-coin", Fate.LATE);
    other.runs().replace(late, summary(late));
    other.close();

    // Then
    assertThat(object("ended").getStatus().finishedAt()).isEqualTo(finishedAt);
  }

  @Test
  void listsTheRunsOfAWorkflowThatAreNotOver() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "listed"));
    cluster.runs().create(ClusterNamespace.run(PLAN, "over"));
    Run read = cluster.runs().find("over").orElseThrow();
    Run over = read.with(PLAN.entrypoint(), read.root().to(Phase.SUCCEEDED, ""));
    cluster.runs().replace(over, summary(over));

    // When
    List<Run> active = cluster.runs().active(PLAN.workflow());

    // Then
    assertThat(active).extracting(Run::name).contains("listed").doesNotContain("over");
    assertThat(cluster.runs().active("another")).isEmpty();
  }

  @Test
  void doesNotFindWhatNoRunCanBeCalled() {
    assertThat(cluster.runs().find("../secrets/x")).isEmpty();
  }

  @Test
  void wakesTheWatcherForEachRun() {
    // When
    cluster.runs().create(ClusterNamespace.run(PLAN, "waking"));

    // Then
    Deployment watcher =
        namespace
            .client
            .apps()
            .deployments()
            .inNamespace(namespace.name)
            .withName(Marks.WATCHER)
            .require();
    assertThat(watcher.getSpec().getReplicas()).isEqualTo(1);
    assertThat(watcher.getMetadata().getAnnotations()).containsEntry(Marks.WOKEN_BY, "waking");
  }

  @Test
  void refusesAStateThatNoObjectHolds() {
    // Given
    TreeMap<String, String> parameters = new TreeMap<>(Map.of("much", "x".repeat(1_000_000)));
    Run small = ClusterNamespace.run(PLAN, "large");
    Run large =
        Run.create(
            "large",
            small.workflow(),
            small.plan(),
            parameters,
            small.startedAt(),
            PLAN.entrypoint(),
            small.root(),
            small.cause());

    // Then
    assertThatThrownBy(() -> cluster.runs().create(large))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("the state of the run has 1,000,");
  }

  @Test
  void beginsARunThatAPersonHasCreated() {
    // Given
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder().withName("mine").withNamespace(namespace.name).build());
    object.setSpec(
        WorkflowRunSpec.requested(PLAN.workflow(), PLAN.id(), new TreeMap<>(Map.of("p", "v"))));
    namespace.client.resource(object).create();
    RunRequest request = cluster.runs().requested("mine").orElseThrow();
    Run run =
        Run.create(
            "mine",
            PLAN.workflow(),
            PLAN.id(),
            request.parameters(),
            Instant.EPOCH,
            PLAN.entrypoint(),
            ClusterNamespace.run(PLAN, "mine").root(),
            null);

    // When
    List<Boolean> begun = List.of(cluster.runs().begin(run), cluster.runs().begin(run));

    // Then
    assertThat(begun).containsExactly(true, false);
    assertThat(cluster.runs().requested("mine")).isEmpty();
    assertThat(cluster.runs().find("mine").orElseThrow().withVersion("")).isEqualTo(run);
    assertThat(cluster.runs().active(PLAN.workflow())).extracting(Run::name).contains("mine");
  }

  @Test
  @DisplayName("A11: knows that a run was created and has yet to begin")
  void knowsThatARunHasYetToBegin() {
    // Given: a workflow of its own, since other tests leave runs that nobody begins
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder().withName("awaited").withNamespace(namespace.name).build());
    object.setSpec(WorkflowRunSpec.requested("waiting", "waiting-0", new TreeMap<>()));
    boolean before = cluster.runs().awaited("waiting");
    namespace.client.resource(object).create();
    boolean created = cluster.runs().awaited("waiting");

    // When
    cluster
        .runs()
        .begin(Run.refused(cluster.runs().requested("awaited").orElseThrow(), "no", Instant.EPOCH));

    // Then
    assertThat(before).isFalse();
    assertThat(created).isTrue();
    assertThat(cluster.runs().awaited("waiting")).isFalse();
  }

  @Test
  void anEventTakesOverNoRunOfTheNameThatItDerives() {
    // Given
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder().withName("theirs").withNamespace(namespace.name).build());
    object.setSpec(WorkflowRunSpec.requested(PLAN.workflow(), PLAN.id(), new TreeMap<>()));
    namespace.client.resource(object).create();

    // When
    Runs.Creation creation = cluster.runs().create(ClusterNamespace.run(PLAN, "theirs"));

    // Then
    assertThat(creation).isEqualTo(Runs.Creation.TAKEN);
    assertThat(cluster.runs().find("theirs")).isEmpty();
  }

  @Test
  void knowsWhatAPersonAsksOfARun() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "stopping"));

    // When
    namespace
        .client
        .resources(WorkflowRun.class)
        .inNamespace(namespace.name)
        .withName("stopping")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"control\": \"Stop\"}}");

    // Then
    assertThat(cluster.runs().find("stopping").orElseThrow().control()).isEqualTo(Run.Control.STOP);
  }

  @Test
  void waitsForAPlanThatIsNotThere() {
    Run orphan = ClusterNamespace.run(PLAN, "orphan");
    Run planless =
        Run.create(
            "orphan",
            "w",
            "w-0",
            new TreeMap<>(),
            orphan.startedAt(),
            "main",
            orphan.root(),
            orphan.cause());

    assertThatThrownBy(() -> cluster.runs().create(planless)).isInstanceOf(Unavailable.class);
  }

  @Test
  void readsAPlanAndHowItWasDeployed() {
    assertThat(cluster.plans().find(PLAN.id())).hasValue(PLAN);
    assertThat(cluster.plans().find("none-0123456789")).isEmpty();
    assertThat(cluster.plans().deployed(PLAN.id()).broker()).isEqualTo(ClusterNamespace.BROKER);
  }

  @Test
  void beginsARunAsItsPlanIsDeployedNow() {
    // Given: a plan that is known, and was applied again with another option
    cluster.runs().create(ClusterNamespace.run(PLAN, "by-files"));
    namespace.deploy(PLAN, "api");

    // When
    cluster.runs().create(ClusterNamespace.run(PLAN, "by-api"));

    // Then
    assertThat(object("by-files").getStatus().logs()).isEqualTo("files");
    assertThat(object("by-api").getStatus().logs()).isEqualTo("api");
  }

  @Test
  void aRunsKeysAreTheSameForEverybodyAndStay() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "keyed"));
    KubernetesCluster other = namespace.open();
    other.runs().find("keyed");

    // When
    cluster.keys().create("keyed");
    other.keys().create("keyed");

    // Then
    assertThat(control(other, "keyed")).isEqualTo(control(cluster, "keyed"));
    other.close();
  }

  @Test
  void aRunThatWasBegunAgainHasOtherKeys() throws InterruptedException {
    // Given
    Run run = ClusterNamespace.run(PLAN, "again");
    cluster.runs().create(run);
    String old = control(cluster, "again");
    namespace.client.resource(inNamespace(object("again"))).delete();
    ClusterNamespace.eventually(() -> cluster.runs().find("again").isEmpty());

    // When
    cluster.runs().create(run);

    // Then
    assertThat(control(cluster, "again")).isNotEqualTo(old);
  }

  private static String control(KubernetesCluster of, String run) {
    return of.keys().of(run).orElseThrow().control().text();
  }

  @Test
  void aNameThatNoRunCanHaveHasNoKey() {
    assertThat(cluster.keys().of("no/such")).isEmpty();
    assertThat(cluster.keys().of("no-such")).isEmpty();
  }

  @Test
  @DisplayName("E4: TASKS tells how instances fare, also where the run itself has not changed")
  void e4TasksTellsHowInstancesFare() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "shown"));
    Run run = cluster.runs().find("shown").orElseThrow();

    // When
    cluster.runs().show(run, () -> active(run));

    // Then
    assertThat(object("shown").getStatus().tasks()).isEqualTo("heads 1 active");
    assertThat(cluster.runs().find("shown").orElseThrow().withVersion(""))
        .isEqualTo(run.withVersion(""));
  }

  @Test
  @DisplayName("E4: what people see already is not written again")
  void e4WhatPeopleSeeIsNotWrittenAgain() {
    // Given
    cluster.runs().create(ClusterNamespace.run(PLAN, "seen"));
    Run run = cluster.runs().find("seen").orElseThrow();

    // When
    cluster.runs().show(run, () -> summary(run));

    // Then
    assertThat(object("seen").getMetadata().getResourceVersion()).isEqualTo(run.version());
  }

  private static Summary active(Run run) {
    TreeMap<String, TaskCounts> tasks =
        new TreeMap<>(Map.of("heads", new TaskCounts(Tally.ZERO, 1, 0)));
    return new Summary(run.name(), Phase.RUNNING, "", tasks, Fates.NONE, List.of());
  }

  private WorkflowRun object(String run) {
    return namespace
        .client
        .resources(WorkflowRun.class)
        .inNamespace(namespace.name)
        .withName(run)
        .require();
  }

  private static WorkflowRun inNamespace(WorkflowRun object) {
    object.getMetadata().setNamespace(namespace.name);
    return object;
  }

  private static Summary summary(Run run) {
    return Summary.of(PLAN, run, List.of());
  }

  private static Deployment watcher() {
    Map<String, String> labels = Map.of("app", Marks.WATCHER);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(Marks.WATCHER)
        .withNamespace(namespace.name)
        .endMetadata()
        .withNewSpec()
        .withReplicas(0)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("dev.local/nothing:test")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
