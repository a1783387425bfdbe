package dev.tiphys.cli.cluster;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.triggers.name.ResourceName;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1alpha1.EventPolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a workflow has in a namespace, whichever of its plans it is of, and nothing that is shared.
 */
final class WorkflowObjects {
  /**
   * In the order in which they go: what begins runs and takes events first, so that no event comes
   * half way.
   */
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          Broker.class,
          Trigger.class,
          EventPolicy.class,
          Deployment.class,
          Service.class,
          ConfigMap.class,
          RoleBinding.class,
          Role.class,
          ServiceAccount.class,
          PlanResource.class);

  private final Cluster cluster;
  private final String label;

  WorkflowObjects(Cluster cluster, String workflow) {
    this.cluster = cluster;
    this.label = ResourceName.of(workflow);
  }

  /** All of them, without its runs; empty if nothing of the workflow is there. */
  List<HasMetadata> all() {
    List<HasMetadata> all = new ArrayList<>();
    KINDS.forEach(kind -> all.addAll(list(kind)));
    return all;
  }

  /** Its runs, ended or not. */
  List<WorkflowRun> runs() {
    return cluster.runs().withLabel(Marks.WORKFLOW, label).list().getItems();
  }

  /** Those of the objects that can go: a plan stays while a run names it. */
  static List<HasMetadata> unneeded(List<HasMetadata> objects, List<WorkflowRun> runs) {
    Set<String> named =
        runs.stream()
            .map(run -> ResourceName.subdomain(run.getSpec().plan()))
            .collect(Collectors.toSet());
    return objects.stream()
        .filter(
            object ->
                !(object instanceof PlanResource && named.contains(object.getMetadata().getName())))
        .toList();
  }

  private List<? extends HasMetadata> list(Class<? extends HasMetadata> kind) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Marks.WORKFLOW, label);
    labels.put("app.kubernetes.io/managed-by", "tiphys");
    try {
      return cluster
          .client()
          .resources(kind)
          .inNamespace(cluster.namespace())
          .withLabels(labels)
          .list()
          .getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of(); // a cluster without Knative
      }
      throw e;
    }
  }
}
