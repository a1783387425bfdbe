package dev.tiphys.sidecars.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.objects.WatchedObject;
import dev.tiphys.triggers.plan.ResourceWatch;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class ClusterObjectsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final KubernetesClient CLIENT = new KubernetesClientBuilder().build();
  private static final String NAMESPACE =
      "tiphys-objects-" + UUID.randomUUID().toString().substring(0, 8);

  private final List<WatchedObject> seen = new CopyOnWriteArrayList<>();
  private final List<WatchedObject> gone = new CopyOnWriteArrayList<>();

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
  void showsWhatIsThereAndWhatBecomesOfIt() throws InterruptedException {
    // Given
    ConfigMap made = CLIENT.resource(configMap("first", "order", "bread")).create();
    CLIENT.resource(configMap("other", "note", "poison")).create();

    // When
    try (ObjectWatches.Shown shown = show("ConfigMap", "order")) {
      eventually(() -> seen.size() == 1);
      CLIENT.resource(configMap("first", "order", "milk")).update();
      eventually(() -> seen.size() == 2);
      List<WatchedObject> all = shown.all();
      CLIENT.resource(made).delete();
      eventually(() -> gone.size() == 1);

      // Then
      assertThat(all).containsExactly(seen.getLast());
      assertThat(shown.complete()).isTrue();
    }
    assertThat(seen).allMatch(object -> object.kind().equals("ConfigMap"));
    assertThat(seen).extracting(WatchedObject::uid).containsOnly(made.getMetadata().getUid());
    assertThat(seen.getFirst().json()).contains("\"kind\":\"ConfigMap\"", "bread");
    assertThat(gone.getFirst().json()).contains("milk");
  }

  @Test
  void showsOfASecretOnlyWhatIdentifiesIt() throws InterruptedException {
    // Given: it is listed, and another one is watched
    CLIENT.resource(secret("listed")).create();
    try (ObjectWatches.Shown shown = show("Secret", "password")) {
      eventually(() -> seen.size() == 1);

      // When
      CLIENT.resource(secret("watched")).create();
      eventually(() -> seen.size() == 2);

      // Then
      assertThat(seen).allMatch(WatchedObject::cut);
      assertThat(shown.all()).hasSize(2).allMatch(WatchedObject::cut);
      assertThat(seen).noneMatch(object -> object.json().contains("\"data\""));
    }
  }

  private ObjectWatches.Shown show(String kind, String what) {
    ResourceWatch all = ResourceWatch.of("v1", kind);
    TreeMap<String, String> labels = new TreeMap<>(Map.of("what", what));
    return new ClusterObjects(CLIENT, NAMESPACE)
        .show(
            new ResourceWatch("v1", kind, null, labels, new TreeMap<>(), all.on()),
            new ObjectWatches.Sights() {
              @Override
              public void seen(WatchedObject object) {
                seen.add(object);
              }

              @Override
              public void gone(WatchedObject object) {
                gone.add(object);
              }
            });
  }

  private static ConfigMap configMap(String name, String what, String goods) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels("what", what)
        .endMetadata()
        .addToData("goods", goods)
        .build();
  }

  private static Secret secret(String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels("what", "password")
        .endMetadata()
        .addToStringData("password", "open sesame")
        .build();
  }

  private static void eventually(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("did not come to be within " + DEADLINE).isBefore(limit);
      Thread.sleep(20);
    }
  }
}
