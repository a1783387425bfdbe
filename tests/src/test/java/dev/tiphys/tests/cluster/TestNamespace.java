package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A namespace for one test class, gone with all that is in it when that ends. */
final class TestNamespace implements AutoCloseable {
  private static final String KNATIVE = "knative-eventing";

  /** Where the logs of a namespace are kept whose test failed. */
  private static final Path LOGS = Path.of("target", "cluster");

  private static final Duration CLOSE_LIMIT = Duration.ofMinutes(2);

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String name;

  private TestNamespace(String purpose, Map<String, String> labels) {
    this.name = "tiphys-test-" + purpose + "-" + Long.toString(System.nanoTime(), 36);
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
  }

  static TestNamespace create(String purpose) {
    return new TestNamespace(purpose, Map.of());
  }

  /** Where pods have to keep to that Pod Security Standard. */
  static TestNamespace enforcing(String standard, String purpose) {
    return new TestNamespace(purpose, Map.of("pod-security.kubernetes.io/enforce", standard));
  }

  String name() {
    return name;
  }

  KubernetesClient client() {
    return client;
  }

  WorkflowRun run(String run) {
    return Objects.requireNonNull(
        client.resources(WorkflowRun.class).inNamespace(name).withName(run).get(), run);
  }

  List<WorkflowRun> runs() {
    return client.resources(WorkflowRun.class).inNamespace(name).list().getItems();
  }

  String phase(String run) {
    WorkflowRun found = run(run);
    return found.getStatus() == null ? "" : found.getStatus().phase();
  }

  /** The run's task pods. */
  List<Pod> tasks(String run) {
    return client.pods().inNamespace(name).withLabel(Marks.RUN, run).list().getItems();
  }

  List<Pod> tasks(String run, String task) {
    return tasks(run).stream()
        .filter(pod -> task.equals(pod.getMetadata().getLabels().get(Marks.TASK)))
        .toList();
  }

  /** Pods in which something runs or is about to. */
  List<Pod> livePods() {
    return client.pods().inNamespace(name).list().getItems().stream()
        .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
        .toList();
  }

  List<Pod> functionPods() {
    return client
        .pods()
        .inNamespace(name)
        .withLabel("serving.knative.dev/service")
        .list()
        .getItems();
  }

  /** Knative Eventing's own pods of that Deployment or StatefulSet. */
  List<Pod> knativePods(String workload) {
    return client.pods().inNamespace(KNATIVE).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(workload))
        .toList();
  }

  /** Ends the pods at once, without a chance to say anything. */
  void kill(List<Pod> pods) {
    assertThat(pods).isNotEmpty();
    pods.forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  String log(Pod pod) {
    return client
        .pods()
        .inNamespace(name)
        .withName(pod.getMetadata().getName())
        .inContainer(Marks.MAIN)
        .getLog();
  }

  /** For people who look for the reason of a failure. */
  void keepLogs() throws IOException {
    Path folder = Files.createDirectories(LOGS.resolve(name));
    Files.writeString(
        folder.resolve("runs.yaml"), client.getKubernetesSerialization().asYaml(runs()));
    for (Pod pod : client.pods().inNamespace(name).list().getItems()) {
      Path file = folder.resolve(pod.getMetadata().getName());
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".yaml"),
          client.getKubernetesSerialization().asYaml(pod));
      for (String container : containers(pod)) {
        Files.writeString(
            file.resolveSibling(file.getFileName() + "." + container + ".log"),
            logOf(pod, container));
      }
    }
  }

  private static List<String> containers(Pod pod) {
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .map(ContainerStatus::getName)
        .toList();
  }

  private String logOf(Pod pod, String container) {
    try {
      String log =
          client
              .pods()
              .inNamespace(name)
              .withName(pod.getMetadata().getName())
              .inContainer(container)
              .getLog();
      return log == null ? "" : log;
    } catch (KubernetesClientException e) {
      return "no log: " + e.getMessage();
    }
  }

  /**
   * The same address by the IP of the Service behind its name, which names are not known outside.
   */
  URI reachable(URI inside) {
    String[] names = inside.getHost().split("\\.", 3);
    Service service =
        Objects.requireNonNull(client.services().inNamespace(names[1]).withName(names[0]).get());
    String ip = service.getSpec().getClusterIP();
    String target =
        ip == null || service.getSpec().getExternalName() != null
            ? reachable(URI.create("http://" + service.getSpec().getExternalName())).getHost()
            : ip;
    return URI.create("http://" + target + inside.getRawPath());
  }

  /** As anybody does, and without any help. */
  void delete() {
    client.namespaces().withName(name).delete();
  }

  boolean gone() {
    return client.namespaces().withName(name).get() == null;
  }

  /**
   * Deletes it, and does not wait for its end. Task pods that no watcher is left to let go, as a
   * test may have killed it, are let go here.
   */
  @Override
  public void close() {
    delete();
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    for (List<Pod> held = held(); !held.isEmpty(); held = held()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(name + " does not go: " + held.size() + " pods are held");
      }
      held.forEach(this::letGo);
    }
    client.close();
  }

  private List<Pod> held() {
    return client.pods().inNamespace(name).withLabel(Marks.RUN).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getFinalizers().contains(Marks.FINALIZER))
        .toList();
  }

  private void letGo(Pod pod) {
    try {
      client
          .resource(pod)
          .edit(
              it ->
                  new PodBuilder(it)
                      .editMetadata()
                      .withFinalizers(List.of())
                      .endMetadata()
                      .build());
    } catch (KubernetesClientException e) {
      // it has changed or gone, and is looked at again
    }
  }
}
