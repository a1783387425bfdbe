package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A stop that is sent behind many starts, which another Trigger brings. {@code -Dorders=200} for
 * what the fault was seen with.
 */
@ClusterTest
class StopBehindOrdersOnClusterTest {
  private static final int ORDERS = Integer.getInteger("orders", 40);
  private static final String HANDLE = "start main/handle";

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  @DisplayName("B1: what a channel's Broker took before the stop is handled")
  void b1OverAChannel() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("orders")) {
      assertAllHandled(new Deployed(namespace));
    }
  }

  @Test
  @DisplayName("B1: what Kafka's Broker took before the stop is handled")
  void b1OverKafka() throws Exception {
    try (TestNamespace namespace = TestNamespace.create("orders-kafka")) {
      assumeThat(namespace.knativePods("kafka-broker-receiver"))
          .as("a Broker for Apache Kafka")
          .isNotEmpty();
      assertAllHandled(new Deployed(namespace, "--broker-class=Kafka"));
    }
  }

  private void assertAllHandled(Deployed tiphys) throws Exception {
    // Given
    String run = tiphys.submitExample("external.yaml");
    Wait.until("the shop is open", () -> tiphys.running(run, "shop"));
    URI broker = URI.create(Objects.requireNonNull(tiphys.namespace().run(run).getStatus()).sink());

    // When
    List<Integer> answers = new ArrayList<>();
    for (int n = 0; n < ORDERS; n++) {
      answers.add(post(tiphys, broker, "order", n));
    }
    answers.add(post(tiphys, broker, "closing", ORDERS));

    // Then
    assertThat(answers).containsOnly(202);
    WorkflowRunStatus end = tiphys.succeeded(run);
    Fates fates = Objects.requireNonNull(end.fates());
    assertThat(fates.of(HANDLE, Fate.STARTED)).as(end.toString()).isEqualTo(ORDERS);
    assertThat(fates.of("stop shop", Fate.STOPPED)).isOne();
    assertThat(tiphys.namespace().tasks(run, "handle"))
        .allMatch(pod -> pod.getStatus().getPhase().equals("Succeeded"));
    assertThat(Objects.requireNonNull(end.conditions()))
        .anySatisfy(
            condition -> {
              assertThat(condition.getType()).isEqualTo("Accounted");
              assertThat(condition.getStatus()).isEqualTo("True");
            });
  }

  private int post(Deployed tiphys, URI broker, String type, int number) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(tiphys.namespace().reachable(broker))
            .header("ce-specversion", "1.0")
            .header("ce-id", type + number)
            .header("ce-source", "/me")
            .header("ce-type", type)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{\"goods\": \"bread " + number + "\"}"))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
