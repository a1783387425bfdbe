package dev.tiphys.functions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.PlanSpec;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.port.RunParts.Owner;
import dev.tiphys.functions.port.RunParts.Part;
import dev.tiphys.functions.port.Unavailable;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts that a Plan owns, at an API server that keeps objects and does nothing else. */
@EnableKubernetesMockClient(crud = true)
@NullUnmarked
class PlanPartsTest {
  private static final String NAMESPACE = "games";
  private static final Owner OWNER = new Owner.OfPlan("coinflip-1");

  KubernetesClient client;
  private KubernetesRunParts parts;

  @BeforeEach
  void open() {
    apply();
    parts = fresh();
  }

  private KubernetesRunParts fresh() {
    return new KubernetesRunParts(
        client.resources(RunPart.class).inNamespace(NAMESPACE),
        client.resources(PlanResource.class).inNamespace(NAMESPACE),
        new KnownRuns(client.resources(WorkflowRun.class).inNamespace(NAMESPACE)));
  }

  private void apply() {
    PlanResource plan = new PlanResource();
    plan.setMetadata(
        new ObjectMetaBuilder()
            .withName("coinflip-1")
            .addToLabels(Marks.WORKFLOW, "coinflip")
            .build());
    plan.setSpec(new PlanSpec("{}"));
    client.resource(plan).inNamespace(NAMESPACE).create();
  }

  private PlanResource plan() {
    return client
        .resources(PlanResource.class)
        .inNamespace(NAMESPACE)
        .withName("coinflip-1")
        .require();
  }

  private RunPart object() {
    return client
        .resources(RunPart.class)
        .inNamespace(NAMESPACE)
        .withName("plan.coinflip-1.dead-letters.0")
        .require();
  }

  @Test
  void thePlanOwnsThem() {
    // When
    parts.write(Part.create(OWNER, "dead-letters", 0).withData("x"));

    // Then
    OwnerReference owner = object().getMetadata().getOwnerReferences().getFirst();
    assertThat(owner.getKind()).isEqualTo("Plan");
    assertThat(owner.getUid()).isEqualTo(plan().getMetadata().getUid());
    assertThat(owner.getBlockOwnerDeletion()).isFalse();
    assertThat(object().getMetadata().getLabels())
        .containsEntry(Marks.PURPOSE, "dead-letters")
        .containsEntry(Marks.WORKFLOW, "coinflip");
    assertThat(parts.find(OWNER, "dead-letters", 0).map(Part::data)).hasValue("x");
  }

  @Test
  void thoseOfAPlanThatWasDeletedAndAppliedAgainAreNotTheNewOnes() {
    // Given
    parts.write(Part.create(OWNER, "dead-letters", 0).withData("x"));
    client.resource(plan()).delete();
    apply();

    // When: somebody looks who has not met the old one
    KubernetesRunParts others = fresh();

    // Then
    assertThat(others.find(OWNER, "dead-letters", 0)).isEmpty();
  }

  @Test
  void withoutThePlanNothingIsWritten() {
    // Given
    client.resource(plan()).delete();

    // When // Then
    assertThatThrownBy(() -> parts.write(Part.create(OWNER, "dead-letters", 0)))
        .isInstanceOf(Unavailable.class);
    assertThat(client.resources(RunPart.class).inNamespace(NAMESPACE).list().getItems()).isEmpty();
  }
}
