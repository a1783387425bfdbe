package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.functions.kubernetes.WorkflowRun;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our finalizer on the cluster's pods, taken off one pod after another. */
final class ClusterFinalizers implements Finalizers {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFinalizers.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final String namespace;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("finalizers").factory());

  ClusterFinalizers(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public void release(TaskPod pod) {
    soon(pod, () -> takeOff(pod));
  }

  @Override
  public void releaseOrphan(TaskPod pod) {
    soon(
        pod,
        () -> {
          if (client.resources(WorkflowRun.class).inNamespace(namespace).withName(pod.run()).get()
              == null) {
            takeOff(pod);
          }
        });
  }

  private void soon(TaskPod pod, Runnable work) {
    if (underWay.add(pod.uid())) {
      worker.execute(() -> guarded(pod, work));
    }
  }

  /** A conflict means that the pod has changed: it will be seen, and asked for again. */
  private void guarded(TaskPod pod, Runnable work) {
    try {
      work.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn("the finalizer of {} cannot be taken off now", pod.name(), e);
      }
    } finally {
      underWay.remove(pod.uid());
    }
  }

  /** Takes it off at once. */
  void takeOff(TaskPod pod) {
    PodResource resource = client.pods().inNamespace(namespace).withName(pod.name());
    Pod found = resource.get();
    if (found == null || !found.getMetadata().getUid().equals(pod.uid())) {
      return;
    }
    List<String> others =
        found.getMetadata().getFinalizers().stream()
            .filter(finalizer -> !finalizer.equals(Marks.FINALIZER))
            .toList();
    if (others.size() < found.getMetadata().getFinalizers().size()) {
      String version = found.getMetadata().getResourceVersion();
      resource.patch(MERGE, patch(version, others));
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
