package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.stream.Stream;

/** Traces on the cluster's pods. */
final class ClusterTraces implements Traces {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String namespace;
  private final PodWrites writes = new PodWrites("traces");

  ClusterTraces(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public void record(TaskPod pod) {
    // by its name alone it would be read before
    Pod named = new PodBuilder().withNewMetadata().withName(pod.name()).endMetadata().build();
    writes.soon(
        pod, () -> client.pods().inNamespace(namespace).resource(named).patch(MERGE, patch(pod)));
  }

  /** With the version that was seen: a pod that has ended since is told of without it. */
  private static String patch(TaskPod pod) {
    List<Trace> all = Stream.concat(pod.traces().stream(), pod.untraced().stream()).toList();
    ObjectNode patch = Json.mapper().createObjectNode();
    ObjectNode metadata =
        patch.putObject("metadata").put("resourceVersion", pod.version()).put("uid", pod.uid());
    ObjectNode annotations = metadata.putObject("annotations");
    if (!all.isEmpty()) {
      annotations.put(Marks.TRACES, Json.write(all));
    }
    if (pod.leaving() != null) {
      annotations.put(Marks.LEAVING, pod.leaving().toString());
    }
    return Json.write(patch);
  }
}
