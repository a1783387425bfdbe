package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.knative.EventTailObjects;
import dev.tiphys.knative.Images;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A pod that prints a run's events, for as long as this is open. */
final class EventTail implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofMinutes(1);
  private static final Duration PERIOD = Duration.ofMillis(250);

  /** The run's last events may still be on their way when it has ended. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private static final int SUFFIX_LENGTH = 5;

  private final Cluster cluster;
  private final EventTailObjects objects;

  private EventTail(Cluster cluster, EventTailObjects objects) {
    this.cluster = cluster;
    this.objects = objects;
  }

  /** Makes its objects. */
  static EventTail open(Cluster cluster, WorkflowRun run, Optional<String> image) {
    String broker =
        cluster
            .deployed(run)
            .map(Cluster.Deployed::broker)
            .orElse(ResourceName.of(run.getSpec().workflow()));
    EventTailObjects objects =
        new EventTailObjects(
            run.getMetadata().getName(),
            UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH),
            broker,
            image.or(() -> deployedImage(cluster)).orElse(Images.ofThisVersion().sidecars()));
    EventTail tail = new EventTail(cluster, objects);
    OwnerReference job = reference(tail.create(objects.job(reference(run))));
    tail.create(objects.service(job));
    tail.create(objects.trigger(job));
    return tail;
  }

  /**
   * Waits until events reach it.
   *
   * @param over whether the run is over, so that none come any more
   * @return why they do not reach it; empty if they do, or if the run is over
   */
  Optional<String> awaitReady(BooleanSupplier over) throws InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (!over.getAsBoolean() && !ready()) {
      if (System.nanoTime() >= deadline) {
        return Optional.of("the pod that is to receive events is not ready: " + objects.name());
      }
      Thread.sleep(PERIOD);
    }
    return Optional.empty();
  }

  /**
   * Passes on what the pod prints, until that ends.
   *
   * @return why no more of it comes
   */
  String follow(Consumer<String> line) {
    try {
      Optional<Pod> pod = pod();
      if (pod.isPresent()) {
        new PodLog(cluster, pod.get().getMetadata().getName(), EventTailObjects.container())
            .follow(line);
      }
      return "the pod that received them is gone: "
          + objects.name()
          + " (it is there for "
          + EventTailObjects.LIFETIME.toHours()
          + " h at most)";
    } catch (IOException e) {
      return "the log of pod " + objects.name() + " cannot be read: " + ClusterFailure.said(e);
    } catch (KubernetesClientException e) {
      return ClusterFailure.text(e);
    }
  }

  /** Leaves the last events time to come. */
  void settle() throws InterruptedException {
    Thread.sleep(SETTLE);
  }

  private boolean ready() {
    Trigger trigger =
        cluster
            .client()
            .resources(Trigger.class)
            .inNamespace(cluster.namespace())
            .withName(objects.name())
            .get();
    return trigger != null
        && dev.tiphys.cli.cluster.Readiness.problem(
                cluster.client().getKubernetesSerialization().convertValue(trigger, JsonNode.class))
            .isEmpty()
        && pod().filter(Readiness.getInstance()::isReady).isPresent();
  }

  private Optional<Pod> pod() {
    List<Pod> pods =
        cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withLabel(objects.podLabel().getKey(), objects.podLabel().getValue())
            .list()
            .getItems();
    return pods.stream().findFirst();
  }

  private static Optional<String> deployedImage(Cluster cluster) {
    return Optional.ofNullable(
            cluster
                .client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName(Marks.WATCHER)
                .get())
        .map(it -> it.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage());
  }

  private <T extends HasMetadata> T create(T object) {
    return cluster.client().resource(object).inNamespace(cluster.namespace()).create();
  }

  private static OwnerReference reference(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .build();
  }

  @Override
  public void close() {
    cluster
        .client()
        .resources(Job.class)
        .inNamespace(cluster.namespace())
        .withName(objects.name())
        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
        .delete();
  }
}
