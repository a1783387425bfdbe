package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run watcher, which sleeps while there is no run. */
final class WatcherDeployment {
  private static final Logger log = LoggerFactory.getLogger(WatcherDeployment.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final NonNamespaceOperation<Deployment, ?, RollableScalableResource<Deployment>>
      deployments;

  WatcherDeployment(
      NonNamespaceOperation<Deployment, ?, RollableScalableResource<Deployment>> deployments) {
    this.deployments = deployments;
  }

  /** Has the watcher run for that run. Without one, runs go on, but miss how their tasks end. */
  void wake(String run) {
    Deployment named =
        new DeploymentBuilder().withNewMetadata().withName(Marks.WATCHER).endMetadata().build();
    String patch =
        Json.write(
            Map.of(
                "metadata",
                Map.of("annotations", Map.of(Marks.WOKEN_BY, run)),
                "spec",
                Map.of("replicas", 1)));
    Answer<Deployment> answer =
        ApiCall.of("the run watcher", () -> deployments.resource(named).patch(MERGE, patch));
    if (!(answer instanceof Answer.Done)) {
      log.warn("there is no Deployment {} to tell how tasks end: install it", Marks.WATCHER);
    }
  }
}
