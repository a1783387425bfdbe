package dev.tiphys.knative;

import static java.util.Objects.requireNonNull;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.TaskTemplate;
import io.fabric8.knative.eventing.v1alpha1.EventPolicy;
import io.fabric8.knative.eventing.v1alpha1.EventPolicyBuilder;
import io.fabric8.knative.eventing.v1alpha1.EventPolicySpecFrom;
import io.fabric8.knative.eventing.v1alpha1.EventPolicySpecFromBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who may post to a workflow's Broker: its tasks' sidecars, the run watcher, people under an
 * account made for that, and its Triggers, in whose name Knative publishes the functions' replies.
 * Policies of one Broker add up, so each Plan has its own, and somebody else is let in by another
 * one.
 */
final class PostingPolicy {
  private static final String EVENTING = "eventing.knative.dev/v1";

  /** Whom Kubernetes runs a pod as that names nobody. */
  private static final String DEFAULT_ACCOUNT = "default";

  private final Plan plan;
  private final Options options;
  private final String namespace;

  private PostingPolicy(Plan plan, Options options) {
    this.plan = plan;
    this.options = options;
    this.namespace = requireNonNull(options.namespace());
  }

  static EventPolicy of(Plan plan, Options options) {
    return new PostingPolicy(plan, options).policy();
  }

  private EventPolicy policy() {
    return new EventPolicyBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(ResourceName.of(plan.id()))
                .withNamespace(namespace)
                .withLabels(Labels.of(plan, "policy"))
                .build())
        .withNewSpec()
        .withFrom(accounts().stream().map(this::account).toList())
        .addNewTo()
        .withNewRef()
        .withApiVersion(EVENTING)
        .withKind("Broker")
        .withName(EventingObjects.brokerName(plan, options))
        .endRef()
        .endTo()
        .endSpec()
        .build();
  }

  private NavigableSet<String> accounts() {
    NavigableSet<String> accounts = new TreeSet<>(List.of(Marks.WATCHER, SharedObjects.PUBLISHER));
    plan.templates().values().stream()
        .flatMap(template -> template instanceof TaskTemplate task ? Stream.of(task) : null)
        .map(this::account)
        .forEach(accounts::add);
    Subscriptions.of(plan, options).stream()
        .map(trigger -> TriggerAccount.of(trigger.name()))
        .forEach(accounts::add);
    return accounts;
  }

  /** Of the task's pods, as the functions make them. */
  private String account(TaskTemplate task) {
    var named = task.pod().spec().get("serviceAccountName");
    if (named != null) {
      return named.asText();
    }
    boolean readsOutput =
        task.sidecars().stream().anyMatch(EventSidecar.StdoutWatcher.class::isInstance);
    return readsOutput && options.logs() == LogCapture.API
        ? SharedObjects.SIDECAR
        : DEFAULT_ACCOUNT;
  }

  private EventPolicySpecFrom account(String name) {
    return new EventPolicySpecFromBuilder()
        .withSub("system:serviceaccount:" + namespace + ":" + name)
        .build();
  }
}
