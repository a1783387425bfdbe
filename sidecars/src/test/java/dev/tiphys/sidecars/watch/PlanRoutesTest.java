package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class PlanRoutesTest {
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE =
      "tiphys-routes-" + UUID.randomUUID().toString().substring(0, 8);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final PlanRoutes routes = new PlanRoutes(CLIENT, NAMESPACE);

  @BeforeAll
  static void prepare() {
    CLIENT
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
  }

  @AfterAll
  static void cleanUp() {
    CLIENT.namespaces().withName(NAMESPACE).delete();
    CLIENT.close();
  }

  @Test
  void retiresAndDeletesWhatIsSuperseded() {
    // Given
    trigger("flip-begin", "flip", "flip-1", "/begin/flip-1");
    trigger("flip-1-start", "flip", "flip-1", "/start/flip-1");
    GenericKubernetesResource older = trigger("flip-0-start", "flip", "flip-0", "/start/flip-0");

    // When
    routes.look(List.of(), NOW);
    GenericKubernetesResource retired = CLIENT.resource(older).get();
    boolean settled = routes.settled();
    routes.look(List.of(), NOW.plus(LONG));
    routes.look(List.of(), NOW.plus(LONG).plus(LONG));

    // Then
    assertThat(retired.getMetadata().getAnnotations()).containsEntry(Marks.RETIRED, NOW.toString());
    assertThat(retired.<Integer>get("spec", "delivery", "retry")).isZero();
    assertThat(settled).isFalse();
    assertThat(triggers("flip")).containsExactlyInAnyOrder("flip-begin", "flip-1-start");
    assertThat(routes.settled()).isTrue();
  }

  @Test
  void restoresWhatARunNeedsAfterAll() {
    // Given
    trigger("toss-begin", "toss", "toss-1", "/begin/toss-1");
    GenericKubernetesResource older =
        trigger("toss-0-start", "toss", "coinflip-0", "/start/coinflip-0");
    routes.look(List.of(), NOW);

    // When
    routes.look(List.of(Sample.run("late", "Running")), NOW.plus(LONG));

    // Then
    GenericKubernetesResource restored = CLIENT.resource(older).get();
    assertThat(restored.getMetadata().getAnnotations()).doesNotContainKey(Marks.RETIRED);
    assertThat(restored.<Object>get("spec", "delivery"))
        .isEqualTo(older.<Object>get("spec", "delivery"));
  }

  private static GenericKubernetesResource trigger(
      String name, String workflow, String plan, String path) {
    GenericKubernetesResource trigger =
        CLIENT
            .getKubernetesSerialization()
            .unmarshal(
                """
                apiVersion: eventing.knative.dev/v1
                kind: Trigger
                metadata:
                  name: %s
                  namespace: %s
                  labels: {tiphys.dev/workflow: %s, tiphys.dev/plan: %s}
                spec:
                  broker: none
                  delivery: {retry: 7, backoffPolicy: linear, backoffDelay: PT0.1S}
                  subscriber:
                    ref: {apiVersion: v1, kind: Service, name: none}
                    uri: %s
                """
                    .formatted(name, NAMESPACE, workflow, plan, path),
                GenericKubernetesResource.class);
    return CLIENT.resource(trigger).create();
  }

  private static List<String> triggers(String workflow) {
    return CLIENT
        .genericKubernetesResources("eventing.knative.dev/v1", "Trigger")
        .inNamespace(NAMESPACE)
        .withLabel(Marks.WORKFLOW, workflow)
        .list()
        .getItems()
        .stream()
        .map(trigger -> trigger.getMetadata().getName())
        .toList();
  }
}
