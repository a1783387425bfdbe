package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.ResourceWatch;
import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lets the run watcher see the objects that a Plan watches: a Role in each namespace where
 * there are some. They are the workflow's own, as the watcher is shared by workflows that watch
 * other objects.
 */
final class WatchObjects {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final Plan plan;
  private final Options options;

  private WatchObjects(Plan plan, Options options) {
    this.plan = plan;
    this.options = options;
  }

  /**
   * In the order in which they need one another; none for a Plan without watches.
   *
   * @throws IllegalArgumentException for objects that the watcher cannot be allowed to see
   */
  static List<HasMetadata> of(Plan plan, Options options) {
    return new WatchObjects(plan, options).all();
  }

  private List<HasMetadata> all() {
    List<HasMetadata> objects = new ArrayList<>();
    // the empty text is the workflow's own namespace, whose name may not be known here
    SortedMap<String, List<ResourceWatch>> byNamespace =
        plan.watches().stream()
            .collect(
                Collectors.groupingBy(this::otherNamespace, TreeMap::new, Collectors.toList()));
    byNamespace.forEach(
        (namespace, watches) -> objects.addAll(role(metadata(namespace), kinds(watches))));
    return objects;
  }

  private String otherNamespace(ResourceWatch watch) {
    String namespace = watch.namespace();
    if (namespace == null || namespace.equals(options.namespace())) {
      return "";
    }
    if (options.namespace() == null) {
      throw new IllegalArgumentException(
          "%s of namespace %s are watched, which has to be allowed to an account of the workflow's own namespace: tell that with --namespace"
              .formatted(watch, namespace));
    }
    return namespace;
  }

  private static List<ResourceDefinitionContext> kinds(List<ResourceWatch> watches) {
    return watches.stream().map(WatchObjects::kind).toList();
  }

  /** What the API calls objects of a kind; of an unknown one its plural, as is the custom. */
  private static ResourceDefinitionContext kind(ResourceWatch watch) {
    Class<? extends KubernetesResource> known =
        Known.KINDS.getRegisteredKind(watch.apiVersion(), watch.kind());
    if (known == null) {
      int slash = watch.apiVersion().indexOf('/');
      return new ResourceDefinitionContext.Builder()
          .withGroup(slash < 0 ? null : watch.apiVersion().substring(0, slash))
          .withVersion(watch.apiVersion().substring(slash + 1))
          .withKind(watch.kind())
          .withPlural(Pluralize.toPlural(watch.kind().toLowerCase(Locale.ROOT)))
          .withNamespaced(true)
          .build();
    }
    ResourceDefinitionContext kind = ResourceDefinitionContext.fromResourceType(known);
    if (!kind.isNamespaceScoped()) {
      throw new IllegalArgumentException(
          "%s are watched, which are in no namespace: that is not supported yet".formatted(watch));
    }
    return kind;
  }

  private List<HasMetadata> role(ObjectMeta metadata, List<ResourceDefinitionContext> kinds) {
    return List.of(
        new RoleBuilder().withMetadata(metadata).withRules(Permissions.ofWatches(kinds)).build(),
        new RoleBindingBuilder()
            .withMetadata(metadata)
            .withNewRoleRef(RBAC, "Role", metadata.getName())
            .addNewSubject()
            .withKind("ServiceAccount")
            .withName(Marks.WATCHER)
            .withNamespace(options.namespace())
            .endSubject()
            .build());
  }

  /**
   * Each Plan has its own: a run of an older one goes on watching. In another namespace a workflow
   * of the same name, but not of the same namespace, may have one.
   */
  private ObjectMeta metadata(String otherNamespace) {
    String name = plan.id() + "-watches";
    boolean own = otherNamespace.isEmpty();
    return new ObjectMetaBuilder()
        .withName(ResourceName.subdomain(own ? name : options.namespace() + "-" + name))
        .withNamespace(own ? options.namespace() : otherNamespace)
        .withLabels(Labels.of(plan, "watches"))
        .build();
  }

  /** Read only where a Plan watches something: it takes a moment. */
  private static final class Known {
    static final KubernetesDeserializer KINDS = new KubernetesDeserializer();
  }
}
