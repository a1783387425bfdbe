package dev.tiphys.tests.cluster;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A run that starts a task for each event from outside, and what the same costs without it. */
final class BenchRun implements AutoCloseable {
  static final String WORKFLOW =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Workflow
      metadata: {generateName: bench-}
      spec:
        entrypoint: main
        templates:
          - name: main
            steps:
              - - {name: hold, template: hold}
              - - {name: take, template: take}
          - name: hold
            container: {image: "alpine:3.6", command: [sleep, "3600"]}
          - name: take
            parallelism: 1000
            inputs:
              parameters:
                - name: order
                  valueFrom:
                    event: {metadata: {name: order}, objectField: content, eventPolicy: create}
            container: {image: "alpine:3.6", command: [echo, "{{inputs.parameters.order}}"]}
      """;

  /** Its pods are created and never run: the node has nothing to do with them. */
  static final String ON_PAPER =
      WORKFLOW.replace("parallelism: 1000", "parallelism: 1000\n      schedulerName: nobody");

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private final KubernetesClient client;
  private final String namespace;
  private final String run;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger numbers = new AtomicInteger();

  BenchRun(KubernetesClient client, String namespace, String run) {
    this.client = client;
    this.namespace = namespace;
    this.run = run;
  }

  /** The Broker's address, as the run's sidecars have it. */
  URI broker() {
    WorkflowRun found =
        Objects.requireNonNull(
            client.resources(WorkflowRun.class).inNamespace(namespace).withName(run).get());
    return URI.create(found.getStatus().sink());
  }

  /** Posts one event; its number becomes part of its content. */
  int post(URI address, String host) throws IOException, InterruptedException {
    int number = numbers.incrementAndGet();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("host", host)
            .header("ce-specversion", "1.0")
            .header("ce-id", "bench-" + number)
            .header("ce-source", "/bench")
            .header("ce-type", "order")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"content\":\"" + number + "\"}"))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IllegalStateException("the event was answered " + status);
    }
    return number;
  }

  /** The pods of {@code take}. */
  List<Pod> taken() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(Marks.RUN, run)
        .withLabel(Marks.TASK, "take")
        .list()
        .getItems();
  }

  Pod takenBy(int number) {
    String order = Integer.toString(number);
    return taken().stream()
        .filter(
            pod ->
                order.equals(
                    pod.getMetadata().getAnnotations().get(Marks.PARAMETER_PREFIX + "order")))
        .findFirst()
        .orElseThrow();
  }

  /** A pod that nobody of ours has to do with, otherwise the same. */
  Pod bareLike(Pod taken, String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .withAnnotations(taken.getMetadata().getAnnotations())
        .endMetadata()
        .withSpec(taken.getSpec())
        .editSpec()
        .withNodeName(null)
        .withSchedulingGates(List.of())
        .endSpec()
        .withStatus(new PodStatus())
        .build();
  }

  /** Watches pods come to exist. */
  SeenPods seen() {
    return new SeenPods(client, namespace);
  }

  Pod create(Pod pod) {
    return client.resource(pod).create();
  }

  /** When the main container has written its first line. */
  Instant firstLine(Pod pod) throws InterruptedException {
    Instant limit = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(limit)) {
      Pod now = client.resource(pod).get();
      if (List.of("Succeeded", "Failed").contains(now.getStatus().getPhase())) {
        String log =
            client
                .pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(Marks.MAIN)
                .usingTimestamps()
                .getLog();
        return Instant.parse(log.substring(0, log.indexOf(' ')));
      }
      Thread.sleep(POLL);
    }
    throw new IllegalStateException(pod.getMetadata().getName() + " has written nothing");
  }

  @Override
  public void close() {
    http.close();
  }
}
