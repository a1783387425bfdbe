package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Call;
import dev.tiphys.cli.exit.ExitCode;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("E1: uninstall takes a workflow off and leaves alone what is shared")
class UninstallCommandTest {
  @TempDir private Path folder;
  private FakeCluster cluster;
  private Plan plan;

  @BeforeEach
  void open() throws Exception {
    cluster = new FakeCluster(folder).install();
    plan = cluster.plan("external.yaml");
    KnativeManifests.of(plan, Options.defaults()).forEach(cluster::create);
    KnativeManifests.of(cluster.plan("coinflip.yaml"), Options.defaults()).stream()
        .filter(object -> object instanceof Trigger)
        .forEach(cluster::create);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void takesItsObjectsAndNoOthers() {
    // When
    Call call = cluster.tiphys("uninstall", "external");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out()).contains("broker/external deleted", "plan/" + plan.id() + " deleted");
    assertThat(names(Broker.class)).isEmpty();
    assertThat(names(PlanResource.class)).isEmpty();
    assertThat(names(Trigger.class)).isNotEmpty().allMatch(name -> name.startsWith("coinflip"));
    assertThat(names(Secret.class)).containsExactly("tiphys-root-key");
  }

  @Test
  void refusesWhileARunIsActive() throws Exception {
    // Given
    String run = cluster.begin(plan, "1", "shop");

    // When
    Call call = cluster.tiphys("uninstall", "external");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("run " + run + " is active", "--runs");
    assertThat(names(Broker.class)).containsExactly("external");
  }

  @Test
  void takesItsRunsAlongWhenAsked() throws Exception {
    // Given
    String run = cluster.begin(plan, "1", "shop");

    // When
    Call call = cluster.tiphys("uninstall", "external", "--runs");

    // Then
    assertThat(call.exitCode()).as(call.err()).isZero();
    assertThat(call.out()).contains("workflowrun/" + run + " deleted");
  }

  @Test
  void saysThatThereIsNoSuchWorkflow() {
    // When
    Call call = cluster.tiphys("uninstall", "externa");

    // Then
    assertThat(call.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(call.err()).contains("no workflow `externa` in namespace `games`");
  }

  private List<String> names(Class<? extends HasMetadata> kind) {
    return cluster
        .client
        .resources(kind)
        .inNamespace(FakeCluster.NAMESPACE)
        .list()
        .getItems()
        .stream()
        .map(object -> object.getMetadata().getName())
        .toList();
  }
}
