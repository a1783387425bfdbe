package dev.tiphys.knative;

import dev.tiphys.triggers.broker.Trigger.Address;
import dev.tiphys.triggers.plan.Routes;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;
import java.util.Map;

/**
 * The functions' Knative Service and what it may do. One for all workflows of a namespace, so
 * nothing in it names a workflow: applied again for another one it stays as it is.
 */
final class FunctionsObjects {
  /** Of the Service, its ServiceAccount, Role and RoleBinding. */
  static final String NAME = "tiphys-functions";

  /** The functions themselves take dead letters: they log and count them. */
  static final Address DEAD_LETTERS = new Address(NAME, Routes.DEAD_LETTER_PATH);

  private static final String COMPONENT = "functions";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String CORE = "";
  private static final String TIPHYS = "tiphys.dev";

  private final Options options;

  FunctionsObjects(Options options) {
    this.options = options;
  }

  /** In the order in which they need one another. */
  List<HasMetadata> all() {
    return List.of(serviceAccount(), role(), roleBinding(), service());
  }

  private ServiceAccount serviceAccount() {
    return new ServiceAccountBuilder().withMetadata(metadata()).build();
  }

  private Role role() {
    return new RoleBuilder()
        .withMetadata(metadata())
        .withRules(
            // patch: to open a gate and to set a deadline
            rule(CORE, List.of("pods"), "get", "list", "create", "patch", "delete"),
            // plans
            rule(CORE, List.of("configmaps"), "get", "list"),
            // keys of runs; their names are not known here, so they cannot be listed by name
            rule(CORE, List.of("secrets"), "get", "create"),
            rule(TIPHYS, List.of("workflowruns"), "get", "list", "create", "patch", "update"),
            rule(TIPHYS, List.of("workflowruns/status"), "get", "patch", "update"))
        .build();
  }

  private RoleBinding roleBinding() {
    return new RoleBindingBuilder()
        .withMetadata(metadata())
        .withNewRoleRef(RBAC, "Role", NAME)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withName(NAME)
        .withNamespace(options.namespace())
        .endSubject()
        .build();
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata())
        .withNewSpec()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.shared(COMPONENT))
        .withAnnotations(
            Map.of(
                "autoscaling.knative.dev/min-scale", "0",
                "autoscaling.knative.dev/max-scale", "10"))
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName(NAME)
        .withContainers(container())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Container container() {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName(COMPONENT)
            .withImage(options.functionsImage())
            .withNewResources()
            .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("192Mi")))
            .withLimits(Map.of("memory", new Quantity("512Mi")))
            .endResources()
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withReadOnlyRootFilesystem(true)
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .addToDrop("ALL")
            .endCapabilities()
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext();
    // where it is not known here, the functions find it beside their service account's token
    if (options.namespace() != null) {
      container.addNewEnv().withName("TIPHYS_NAMESPACE").withValue(options.namespace()).endEnv();
    }
    return container.build();
  }

  private ObjectMeta metadata() {
    return new ObjectMetaBuilder()
        .withName(NAME)
        .withNamespace(options.namespace())
        .withLabels(Labels.shared(COMPONENT))
        .build();
  }

  private static PolicyRule rule(String group, List<String> resources, String... verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs(verbs)
        .build();
  }
}
