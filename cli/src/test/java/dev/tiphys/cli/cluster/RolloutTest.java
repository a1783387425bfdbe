package dev.tiphys.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutTest {
  private static final String FUNCTIONS = "tiphys-functions";
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Map<String, String> READY = Map.of("type", "Ready", "status", "True");
  private static final Map<String, String> NO_SUBSCRIBER =
      Map.of(
          "type", "Ready",
          "status", "False",
          "reason", "Unable to get the Subscriber's URI",
          "message", "services.serving.knative.dev is not ready");

  @TempDir private Path folder;
  private FakeCluster fake;
  private String latestRevision = "f-1";
  private List<HasMetadata> objects;

  @BeforeEach
  void open() throws Exception {
    fake = new FakeCluster(folder).install();
    objects = KnativeManifests.of(fake.plan("external.yaml"), Options.defaults());
  }

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  @DisplayName("E6: an image of the functions that is not there is told once, by name, and soon")
  void e6TellsAnImageThatIsNotThereOnce() throws Exception {
    // Given
    put(Map.of("type", "Ready", "status", "Unknown"), NO_SUBSCRIBER);
    pod("ErrImagePull", "not found");

    // When
    Optional<Rollout.Unready> unready = rollout(SHORT).await(LONG);

    // Then
    assertThat(unready)
        .contains(
            new Rollout.Unready(
                List.of(
                    "Service tiphys-functions does not start: functions: ErrImagePull acme/f:1: not"
                        + " found; put the image where the cluster looks for it, or name another"
                        + " with --functions-image"),
                false));
  }

  @Test
  @DisplayName("E6: an image that Knative cannot resolve is told in Knative's words")
  void e6TellsAnImageThatKnativeCannotResolve() throws Exception {
    // Given
    put(
        Map.of(
            "type", "ConfigurationsReady",
            "status", "False",
            "reason", "RevisionFailed",
            "message", "Revision \"f-1\" failed with message: Unable to fetch image \"acme/f:1\"."),
        NO_SUBSCRIBER);

    // When
    Optional<Rollout.Unready> unready = rollout(SHORT).await(LONG);

    // Then
    assertThat(unready.orElseThrow().lines())
        .singleElement()
        .asString()
        .contains("Unable to fetch image \"acme/f:1\"", "--functions-image");
  }

  @Test
  @DisplayName("E6: what may come yet is waited for as long as there is time")
  void e6WaitsForWhatMayComeYet() throws Exception {
    // Given
    put(Map.of("type", "Ready", "status", "Unknown", "reason", "Deploying"), NO_SUBSCRIBER);
    pod("CreateContainerConfigError", "no secret");

    // When
    Optional<Rollout.Unready> unready = rollout(Duration.ZERO).await(SHORT);

    // Then
    assertThat(unready.orElseThrow().timedOut()).isTrue();
    assertThat(unready.orElseThrow().lines())
        .containsExactly(
            "Service tiphys-functions does not start: functions: CreateContainerConfigError: no"
                + " secret");
  }

  @Test
  @DisplayName("E6: a Trigger that is not ready while the functions are has a line of its own")
  void e6TellsATriggerWhereTheFunctionsAreReady() throws Exception {
    // Given
    put(READY, NO_SUBSCRIBER);

    // When
    Optional<Rollout.Unready> unready = rollout(SHORT).await(SHORT);

    // Then
    assertThat(unready.orElseThrow().lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("Trigger external"));
  }

  @Test
  @DisplayName("E6: a pod that Knative keeps of an older revision says nothing of the new one")
  void e6DoesNotBelieveAPodOfAnOlderRevision() throws Exception {
    // Given
    latestRevision = "f-2";
    put(Map.of("type", "Ready", "status", "Unknown", "reason", "Deploying"), NO_SUBSCRIBER);
    pod("ImagePullBackOff", "not found");

    // When
    Optional<Rollout.Unready> unready = rollout(Duration.ZERO).await(SHORT);

    // Then
    assertThat(unready.orElseThrow().lines())
        .containsExactly("Service tiphys-functions does not start: Deploying");
  }

  @Test
  void isDoneWhenAllIsReady() throws Exception {
    // Given
    put(READY, READY);

    // Then
    assertThat(rollout(SHORT).await(LONG)).isEmpty();
  }

  private Rollout rollout(Duration imagePatience) {
    return new Rollout(new Cluster(fake.client, FakeCluster.NAMESPACE), objects, imagePatience);
  }

  /** The objects as they are on a cluster, with the conditions of the functions and Triggers. */
  private void put(Map<String, String> ofFunctions, Map<String, String> ofTriggers) {
    for (HasMetadata object : objects) {
      Map<String, String> condition =
          switch (object.getKind()) {
            case "Trigger" -> ofTriggers;
            case "Service" -> ofFunctions;
            default -> READY;
          };
      GenericKubernetesResource there =
          fake.client
              .getKubernetesSerialization()
              .convertValue(object, GenericKubernetesResource.class);
      there.setAdditionalProperty(
          "status",
          Map.of("latestCreatedRevisionName", latestRevision, "conditions", List.of(condition)));
      fake.create(there);
    }
  }

  private void pod(String reason, String message) {
    fake.create(
        new PodBuilder()
            .withNewMetadata()
            .withName("f-1")
            .addToLabels("serving.knative.dev/service", FUNCTIONS)
            .addToLabels("serving.knative.dev/revision", "f-1")
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .withNewStatus()
            .addNewContainerStatus()
            .withName("functions")
            .withImage("acme/f:1")
            .withNewState()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build());
  }
}
