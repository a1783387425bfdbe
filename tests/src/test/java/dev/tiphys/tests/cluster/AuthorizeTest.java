package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.knative.BrokerClass;
import io.fabric8.knative.duck.v1.Addressable;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code --authorize}. The last of all, and alone: the others' events carry no tokens. */
@ClusterTest
@Isolated
@Order(Integer.MAX_VALUE)
class AuthorizeTest {
  private static final String WORKFLOW = "coinflip-recursive";
  private static final String STRANGER = "stranger";

  /** Prints the status that each post gets, in the order of the addresses and of the proofs. */
  private static final String POSTS =
      """
      post() {
        wget -q -S -O - --post-data '{}' --header 'ce-specversion: 1.0' --header 'ce-id: by-hand' \
          --header 'ce-source: /me' --header 'ce-type: dev.tiphys.run.begin' \
          --header 'content-type: application/json' --header "Authorization: $2" "$1" 2>&1 |
          grep -o 'HTTP/1.1 [0-9]*' | tail -1
      }
      post BROKER ''
      post BROKER 'Bearer x'
      post BROKER "Bearer $(cat /tokens/broker)"
      for path in begin/PLAN start/PLAN advance/PLAN dead-letter; do
        post FUNCTIONS/$path ''
        post FUNCTIONS/$path 'Bearer x'
        post FUNCTIONS/$path "Bearer $(cat /tokens/broker)"
        post FUNCTIONS/$path "Bearer $(cat /tokens/functions)"
      done
      """;

  private static final List<String> AT_THE_BROKER =
      List.of("HTTP/1.1 401", "HTTP/1.1 401", "HTTP/1.1 403");
  private static final List<String> AT_A_FUNCTION =
      List.of("HTTP/1.1 401", "HTTP/1.1 401", "HTTP/1.1 401", "HTTP/1.1 403");
  private static final int FUNCTIONS = 4;

  @RegisterExtension static final AuthenticationSwitch AUTHENTICATION = new AuthenticationSwitch();

  @ParameterizedTest
  @EnumSource
  @DisplayName("A8: a pod of another account reaches neither Broker nor functions")
  void theWorkflowRunsAndAPodOfAnotherAccountIsTurnedAway(BrokerClass brokerClass)
      throws Exception {
    try (TestNamespace namespace = TestNamespace.create("authorize")) {
      // Given
      awaitTheSwitch(namespace);
      Deployed tiphys =
          new Deployed(namespace, "--authorize", "--broker-class=" + brokerClass.annotation());
      String run = tiphys.submitExample("coinflip.yaml");

      // When
      List<String> answers = posts(namespace, namespace.run(run).getSpec().plan());

      // Then
      tiphys.succeeded(run);
      assertThat(answers.subList(0, AT_THE_BROKER.size())).isEqualTo(AT_THE_BROKER);
      assertThat(answers).hasSize(AT_THE_BROKER.size() + FUNCTIONS * AT_A_FUNCTION.size());
      for (int n = 0; n < FUNCTIONS; n++) {
        int from = AT_THE_BROKER.size() + n * AT_A_FUNCTION.size();
        assertThat(answers.subList(from, from + AT_A_FUNCTION.size())).isEqualTo(AT_A_FUNCTION);
      }
      assertThat(namespace.runs()).hasSize(1);
    }
  }

  /** Knative's controllers learn of it in their own time. */
  private static void awaitTheSwitch(TestNamespace namespace) throws Exception {
    KubernetesClient client = namespace.client();
    Broker probe =
        new BrokerBuilder()
            .withNewMetadata()
            .withName("probe")
            .withNamespace(namespace.name())
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build();
    client.resource(probe).create();
    Wait.until("Brokers ask who posts", () -> address(namespace, "probe").isPresent());
    client.resource(probe).delete();
  }

  /** Where a Broker that asks for tokens takes events. */
  private static Optional<Addressable> address(TestNamespace namespace, String broker) {
    return Optional.ofNullable(
            namespace
                .client()
                .resources(Broker.class)
                .inNamespace(namespace.name())
                .withName(broker)
                .get())
        .flatMap(found -> Optional.ofNullable(found.getStatus()))
        .flatMap(status -> Optional.ofNullable(status.getAddress()))
        .filter(address -> address.getAudience() != null);
  }

  /** What a pod is told that has genuine tokens of an account which nothing admits. */
  private static List<String> posts(TestNamespace namespace, String plan) throws Exception {
    Addressable broker = address(namespace, WORKFLOW).orElseThrow();
    String functions = "http://tiphys-functions." + namespace.name() + ".svc.cluster.local";
    String script =
        POSTS
            .replace("BROKER", broker.getUrl())
            .replace("FUNCTIONS", functions)
            .replace("PLAN", plan);
    KubernetesClient client = namespace.client();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(STRANGER)
                .withNamespace(namespace.name())
                .endMetadata()
                .build())
        .create();
    client
        .resource(stranger(namespace.name(), script, Objects.requireNonNull(broker.getAudience())))
        .create();
    Wait.until("the stranger has posted", () -> "Succeeded".equals(phase(namespace)));
    return client.pods().inNamespace(namespace.name()).withName(STRANGER).getLog().lines().toList();
  }

  private static String phase(TestNamespace namespace) {
    return namespace
        .client()
        .pods()
        .inNamespace(namespace.name())
        .withName(STRANGER)
        .get()
        .getStatus()
        .getPhase();
  }

  private static Pod stranger(String namespace, String script, String brokerAudience) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(STRANGER)
        .withNamespace(namespace)
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(STRANGER)
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName("main")
        .withImage("alpine:3.6")
        .withCommand("sh", "-c", script)
        .addNewVolumeMount()
        .withName("tokens")
        .withMountPath("/tokens")
        .endVolumeMount()
        .endContainer()
        .addNewVolume()
        .withName("tokens")
        .withNewProjected()
        .addNewSource()
        .withNewServiceAccountToken()
        .withAudience(brokerAudience)
        .withPath("broker")
        .endServiceAccountToken()
        .endSource()
        .addNewSource()
        .withNewServiceAccountToken()
        .withAudience("serving.knative.dev/service/" + namespace + "/tiphys-functions")
        .withPath("functions")
        .endServiceAccountToken()
        .endSource()
        .endProjected()
        .endVolume()
        .endSpec()
        .build();
  }
}
