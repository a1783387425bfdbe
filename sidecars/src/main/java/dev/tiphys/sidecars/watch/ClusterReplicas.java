package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The watcher's Deployment on the cluster. */
record ClusterReplicas(KubernetesClient client, String namespace, InstantSource clock)
    implements Replicas {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @Override
  public Optional<String> version() {
    Deployment found =
        client.apps().deployments().inNamespace(namespace).withName(Marks.WATCHER).get();
    return Optional.ofNullable(found).map(it -> it.getMetadata().getResourceVersion());
  }

  @Override
  public boolean toZero(String version) {
    String patch =
        Json.write(
            Map.of("metadata", Map.of("resourceVersion", version), "spec", Map.of("replicas", 0)));
    Deployment named =
        new DeploymentBuilder().withNewMetadata().withName(Marks.WATCHER).endMetadata().build();
    try {
      client.apps().deployments().inNamespace(namespace).resource(named).patch(MERGE, patch);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean needed() {
    List<WatchedRun> runs =
        client.resources(WorkflowRun.class).inNamespace(namespace).list().getItems().stream()
            .map(WatchedRun::of)
            .toList();
    boolean held =
        client.pods().inNamespace(namespace).withLabel(Marks.RUN).list().getItems().stream()
            .anyMatch(PodReading::held);
    return !Idleness.of(runs, held, clock);
  }
}
