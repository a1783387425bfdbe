package dev.tiphys.knative;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;

/**
 * A ServiceAccount and what it may do in its namespace.
 *
 * @param metadata of its three objects: they share one name
 */
record Account(ObjectMeta metadata, List<PolicyRule> rules) {
  private static final String RBAC = "rbac.authorization.k8s.io";

  /** In the order in which they need one another. */
  List<HasMetadata> objects() {
    return List.of(
        new ServiceAccountBuilder().withMetadata(metadata).build(),
        new RoleBuilder().withMetadata(metadata).withRules(rules).build(),
        new RoleBindingBuilder()
            .withMetadata(metadata)
            .withNewRoleRef(RBAC, "Role", metadata.getName())
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .endSubject()
            .build());
  }
}
