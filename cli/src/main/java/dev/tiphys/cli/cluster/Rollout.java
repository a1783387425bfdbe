package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tiphys.cli.run.view.Escaped;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A workflow's objects, put on a cluster. */
final class Rollout {
  /**
   * What takes events, what passes them on, and what says whose are taken: an event before they are
   * ready would be lost.
   */
  private static final Set<String> AWAITED = Set.of("Broker", "Trigger", "EventPolicy");

  private static final String FIELD_MANAGER = "tiphys";
  private static final Duration PERIOD = Duration.ofMillis(250);

  /** The kubelet's second try for an image comes ten seconds after its first one. */
  private static final Duration TRIED_TWICE = Duration.ofSeconds(15);

  /** Of what a registry, the kubelet and Knative say one of the other, and what to do. */
  private static final int REASON_LIMIT = 1_000;

  private final Cluster cluster;
  private final List<HasMetadata> objects;
  private final Duration imagePatience;

  Rollout(Cluster cluster, List<HasMetadata> objects) {
    this(cluster, objects, TRIED_TWICE);
  }

  /**
   * @param imagePatience how long an image may be missing that is not there
   */
  Rollout(Cluster cluster, List<HasMetadata> objects, Duration imagePatience) {
    this.cluster = cluster;
    this.objects = objects;
    this.imagePatience = imagePatience;
  }

  /** Applies them in their order, as {@code kubectl apply --server-side} does. */
  void apply() {
    objects.forEach(object -> apply(object, List.of()));
  }

  /**
   * Asks whether the API server would take those of that kind, and changes nothing.
   *
   * @throws KubernetesClientException if it would not
   */
  void tryOut(String kind) {
    objects.stream()
        .filter(object -> object.getKind().equals(kind))
        .forEach(object -> apply(object, List.of("All")));
  }

  private void apply(HasMetadata object, List<String> dryRun) {
    // what kubectl has applied before is ours all the same
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .withDryRun(dryRun)
            .build();
    cluster.client().resource(object).inNamespace(cluster.namespace()).patch(context);
  }

  /**
   * What is not ready.
   *
   * @param lines one for each cause, with what to do about it where that is known
   * @param timedOut whether all the time was taken that there was; else it is no use to wait
   */
  record Unready(List<String> lines, boolean timedOut) {}

  /**
   * Waits until events find their way, but not for an image that is not there.
   *
   * @return what is not ready by then; empty if all is
   */
  Optional<Unready> await(Duration limit) throws InterruptedException {
    long begin = System.nanoTime();
    long withImages = begin;
    List<HasMetadata> waiting = new ArrayList<>(objects.stream().filter(Rollout::awaited).toList());
    while (true) {
      waiting.removeIf(object -> problem(object).isEmpty());
      if (waiting.isEmpty()) {
        return Optional.empty();
      }
      Map<String, Workload.Problem> problems = problems(waiting);
      long now = System.nanoTime();
      boolean ofImage = problems.values().stream().anyMatch(Workload.Problem::ofImage);
      if (!ofImage) {
        withImages = now;
      }
      boolean timedOut = now - begin >= limit.toNanos();
      if (timedOut || (ofImage && now - withImages >= imagePatience.toNanos())) {
        return Optional.of(new Unready(lines(waiting, problems), timedOut));
      }
      Thread.sleep(PERIOD);
    }
  }

  /** By the names of those workloads that are not ready. */
  private Map<String, Workload.Problem> problems(List<HasMetadata> waiting) {
    Map<String, Workload.Problem> problems = new TreeMap<>();
    for (HasMetadata object : waiting) {
      Workload.of(object)
          .ifPresent(
              workload ->
                  problems.put(workload.name(), workload.problem(pods(workload), json(object))));
    }
    return problems;
  }

  /** A Trigger that waits for functions which do not start is no cause of its own. */
  private List<String> lines(List<HasMetadata> waiting, Map<String, Workload.Problem> problems) {
    return waiting.stream()
        .filter(
            object ->
                !(object instanceof Trigger trigger && problems.containsKey(subscriber(trigger))))
        .flatMap(object -> line(object, problems).stream())
        .toList();
  }

  private static String subscriber(Trigger trigger) {
    return trigger.getSpec().getSubscriber().getRef().getName();
  }

  /** Functions, too: where older ones run, events would find those. */
  private static boolean awaited(HasMetadata object) {
    return AWAITED.contains(object.getKind()) || Workload.of(object).isPresent();
  }

  private Optional<String> line(HasMetadata object, Map<String, Workload.Problem> problems) {
    String name = object.getMetadata().getName();
    return Optional.ofNullable(problems.get(name))
        .filter(problem -> Workload.of(object).isPresent())
        .map(Workload.Problem::text)
        .or(() -> problem(object).map(problem -> name + ": " + problem))
        .map(text -> object.getKind() + " " + Escaped.text(text, REASON_LIMIT));
  }

  /** None where nobody may see them: Knative says something as well, though later. */
  private List<Pod> pods(Workload workload) {
    try {
      return cluster
          .client()
          .pods()
          .inNamespace(cluster.namespace())
          .withLabels(workload.pods())
          .list()
          .getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return List.of();
      }
      throw e;
    }
  }

  private Optional<String> problem(HasMetadata object) {
    JsonNode found = json(object);
    return found.isNull() ? Optional.of("gone") : Readiness.problem(found);
  }

  /** As it is now; null's node if it is gone. */
  private JsonNode json(HasMetadata object) {
    HasMetadata found = cluster.client().resource(object).inNamespace(cluster.namespace()).get();
    return found == null
        ? NullNode.getInstance()
        : cluster.client().getKubernetesSerialization().convertValue(found, JsonNode.class);
  }
}
