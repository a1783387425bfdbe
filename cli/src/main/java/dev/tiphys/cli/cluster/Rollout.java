package dev.tiphys.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.cli.run.view.Escaped;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A workflow's objects, put on a cluster. */
final class Rollout {
  /**
   * What takes events, what passes them on, and what says whose are taken: an event before they are
   * ready would be lost.
   */
  private static final Set<String> AWAITED = Set.of("Broker", "Trigger", "EventPolicy");

  private static final String FIELD_MANAGER = "tiphys";
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final int REASON_LIMIT = 300;

  private final Cluster cluster;
  private final List<HasMetadata> objects;

  Rollout(Cluster cluster, List<HasMetadata> objects) {
    this.cluster = cluster;
    this.objects = objects;
  }

  /** Applies them in their order, as {@code kubectl apply --server-side} does. */
  void apply() {
    objects.forEach(object -> apply(object, List.of()));
  }

  /**
   * Asks whether the API server would take those of that kind, and changes nothing.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if it would not
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
   * Waits until events find their way.
   *
   * @return what is not ready by then, a line each; empty if all is
   */
  List<String> await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<HasMetadata> waiting = new ArrayList<>(objects.stream().filter(Rollout::awaited).toList());
    while (true) {
      waiting.removeIf(object -> problem(object).isEmpty());
      if (waiting.isEmpty() || System.nanoTime() >= deadline) {
        return waiting.stream().flatMap(object -> line(object).stream()).toList();
      }
      Thread.sleep(PERIOD);
    }
  }

  /**
   * A Deployment that says how many pods it has is to have them; others sleep until a run begins.
   */
  private static boolean awaited(HasMetadata object) {
    return AWAITED.contains(object.getKind())
        || (object instanceof Deployment deployment && deployment.getSpec().getReplicas() != null);
  }

  private Optional<String> line(HasMetadata object) {
    return problem(object)
        .map(
            problem ->
                "%s %s: %s"
                    .formatted(
                        object.getKind(),
                        object.getMetadata().getName(),
                        Escaped.text(problem, REASON_LIMIT)));
  }

  private Optional<String> problem(HasMetadata object) {
    HasMetadata found = cluster.client().resource(object).inNamespace(cluster.namespace()).get();
    return found == null
        ? Optional.of("gone")
        : Readiness.problem(
            cluster.client().getKubernetesSerialization().convertValue(found, JsonNode.class));
  }
}
