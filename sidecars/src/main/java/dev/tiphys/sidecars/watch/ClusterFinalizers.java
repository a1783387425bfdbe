package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** Our finalizer on the cluster's pods, taken off one pod after another. */
final class ClusterFinalizers implements Finalizers {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String namespace;
  private final PodWrites writes = new PodWrites("finalizers");

  ClusterFinalizers(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public void release(TaskPod pod) {
    writes.soon(pod, () -> takeOff(pod));
  }

  @Override
  public void releaseOrphan(TaskPod pod) {
    writes.soon(
        pod,
        () -> {
          if (client.resources(WorkflowRun.class).inNamespace(namespace).withName(pod.run()).get()
              == null) {
            takeOff(pod);
          }
        });
  }

  /** Takes it off at once. */
  void takeOff(TaskPod pod) {
    var pods = client.pods().inNamespace(namespace);
    Pod found = pods.withName(pod.name()).get();
    if (found == null || !found.getMetadata().getUid().equals(pod.uid())) {
      return;
    }
    List<String> others =
        found.getMetadata().getFinalizers().stream()
            .filter(finalizer -> !finalizer.equals(Marks.FINALIZER))
            .toList();
    if (others.size() < found.getMetadata().getFinalizers().size()) {
      String version = found.getMetadata().getResourceVersion();
      pods.resource(found).patch(MERGE, patch(version, others));
    }
  }

  private static String patch(String version, List<String> finalizers) {
    ObjectNode patch = Json.mapper().createObjectNode();
    ObjectNode metadata = patch.putObject("metadata").put("resourceVersion", version);
    // not by a record: an empty list would be left out
    ArrayNode list = metadata.putArray("finalizers");
    finalizers.forEach(list::add);
    return Json.write(patch);
  }
}
