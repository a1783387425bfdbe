package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.plan.Reaction;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What each account needs to be allowed, and no more. */
final class Permissions {
  private static final String CORE = "";
  private static final String EVENTING = "eventing.knative.dev";

  private static final Grant PODS_READ = Grant.of(CORE, "pods", "get", "list", "watch");
  private static final Grant PODS_CREATE = Grant.of(CORE, "pods", "create");
  // to open a gate, to set a deadline, to update a parameter
  private static final Grant PODS_CHANGE = Grant.of(CORE, "pods", "patch");
  private static final Grant PODS_DELETE = Grant.of(CORE, "pods", "delete");
  // a pod that is stopped at its gate never gets a kubelet to say that it has ended
  private static final Grant PODS_END = Grant.of(CORE, "pods/status", "patch");
  private static final Grant PLANS_READ = Grant.of(Marks.GROUP, "plans", "get");
  // no other Secret: all keys derive from this one
  private static final Grant KEY_READ = Grant.of(CORE, "secrets", "get").named(Marks.ROOT_KEY);
  // the first function that needs it fills it
  private static final Grant KEY_FILL =
      Grant.of(CORE, "secrets", "get", "update").named(Marks.ROOT_KEY);
  private static final Grant RUNS_READ = Grant.of(Marks.GROUP, "workflowruns", "get", "list");
  private static final Grant RUNS_WATCH = Grant.of(Marks.GROUP, "workflowruns", "watch");
  private static final Grant RUNS_CREATE = Grant.of(Marks.GROUP, "workflowruns", "create");
  private static final Grant RUNS_WRITE =
      Grant.of(Marks.GROUP, "workflowruns/status", "get", "patch", "update");
  private static final Grant PARTS_KEEP =
      Grant.of(Marks.GROUP, "runparts", "get", "create", "update");
  private static final Grant BROKERS_READ = Grant.of(EVENTING, "brokers", "get");
  private static final Grant TRIGGERS_READ = Grant.of(EVENTING, "triggers", "list");
  // those of plans that nothing runs by any more go
  private static final Grant TRIGGERS_RETIRE =
      Grant.of(EVENTING, "triggers", "list", "patch", "delete");
  private static final Grant POLICIES_RETIRE =
      Grant.of(EVENTING, "eventpolicies", "list", "patch", "delete");
  // a token of its own, for whatever Broker its runs have
  private static final Grant WATCHER_TOKEN =
      Grant.of(CORE, "serviceaccounts/token", "create").named(Marks.WATCHER);
  private static final Grant WATCHER_WAKE =
      Grant.of("apps", "deployments", "get", "patch").named(Marks.WATCHER);
  private static final Grant WATCHER_SCALE =
      Grant.of("apps", "deployments", "get", "patch", "update").named(Marks.WATCHER);
  private static final Grant WATCHER_REPLICAS =
      Grant.of("apps", "deployments/scale", "get", "patch", "update").named(Marks.WATCHER);
  // what kubectl describe tells of a run
  private static final Grant KUBERNETES_EVENTS = Grant.of(CORE, "events", "create");
  // whether its own is being deleted
  private static final Grant NAMESPACE_READ = Grant.of(CORE, "namespaces", "get");
  private static final Grant EVENTS_KEEP =
      Grant.of(Marks.GROUP, "events", "create", "delete", "get", "list", "watch");
  private static final Grant EVENTS_NOTE = Grant.of(Marks.GROUP, "events/status", "patch");
  private static final Grant LOGS_READ = Grant.of(CORE, "pods/log", "get");

  private Permissions() {}

  /** Of an account that these functions act under. */
  static List<PolicyRule> of(Collection<Reaction> reactions) {
    return of(reactions, false);
  }

  /**
   * The same.
   *
   * @param authorize whether they check whose Triggers call them
   */
  static List<PolicyRule> of(Collection<Reaction> reactions, boolean authorize) {
    return merged(
        Stream.concat(
                reactions.stream().flatMap(reaction -> grants(reaction).stream()),
                authorize ? Stream.of(TRIGGERS_READ) : Stream.empty())
            .toList());
  }

  /** Of the run watcher. It changes pods only to take the finalizer off. */
  static List<PolicyRule> ofWatcher() {
    return merged(
        List.of(
            PODS_READ,
            PODS_CHANGE,
            // which objects a run's plan watches
            PLANS_READ,
            RUNS_READ,
            RUNS_WATCH,
            KEY_READ,
            WATCHER_SCALE,
            WATCHER_REPLICAS,
            TRIGGERS_RETIRE,
            KUBERNETES_EVENTS,
            NAMESPACE_READ));
  }

  /** Of the run watcher where Brokers ask who posts. */
  static List<PolicyRule> ofAuthorizedWatcher() {
    return Stream.concat(
            ofWatcher().stream(), merged(List.of(WATCHER_TOKEN, POLICIES_RETIRE)).stream())
        .toList();
  }

  /** Of sidecars that read output by the API. */
  static List<PolicyRule> ofSidecars() {
    return merged(List.of(LOGS_READ));
  }

  /** Of a carrier whose events the API server keeps. */
  static List<PolicyRule> ofCarrier() {
    return merged(List.of(EVENTS_KEEP, EVENTS_NOTE));
  }

  /** Of the run watcher, for objects of these kinds. */
  static List<PolicyRule> ofWatches(Collection<ResourceDefinitionContext> kinds) {
    return merged(
        kinds.stream()
            .map(
                kind ->
                    Grant.of(
                        Objects.requireNonNullElse(kind.getGroup(), CORE),
                        kind.getPlural(),
                        "list",
                        "watch"))
            .toList());
  }

  private static List<Grant> grants(Reaction reaction) {
    return switch (reaction) {
      case BEGIN ->
          List.of(
              PLANS_READ,
              KEY_FILL,
              RUNS_READ,
              RUNS_CREATE,
              RUNS_WRITE,
              // every function watches pods, whether it looks at them or not
              PODS_READ,
              BROKERS_READ,
              // whether a plan that was not applied last is still served
              TRIGGERS_READ,
              WATCHER_WAKE);
      case START ->
          List.of(
              PLANS_READ,
              KEY_FILL,
              RUNS_READ,
              RUNS_WRITE,
              PARTS_KEEP,
              PODS_READ,
              PODS_CREATE,
              // one instance may replace another
              PODS_CHANGE,
              PODS_END);
      case STOP ->
          List.of(
              PLANS_READ,
              KEY_FILL,
              RUNS_READ,
              RUNS_WRITE,
              PARTS_KEEP,
              PODS_READ,
              PODS_CHANGE,
              PODS_END);
      case UPDATE ->
          List.of(PLANS_READ, KEY_FILL, RUNS_READ, RUNS_WRITE, PARTS_KEEP, PODS_READ, PODS_CHANGE);
      case ADVANCE ->
          List.of(
              PLANS_READ,
              KEY_FILL,
              RUNS_READ,
              RUNS_WRITE,
              PARTS_KEEP,
              PODS_READ,
              PODS_CREATE,
              PODS_CHANGE,
              PODS_END,
              PODS_DELETE);
    };
  }

  /** One rule for each resource, in the order of their names. */
  private static List<PolicyRule> merged(List<Grant> grants) {
    Map<String, Grant> byResource = new TreeMap<>();
    grants.forEach(grant -> byResource.merge(grant.key(), grant, Grant::and));
    return byResource.values().stream().map(Grant::rule).toList();
  }

  /**
   * What may be done to one kind of resource.
   *
   * @param names of the only objects that it holds for; none: all objects
   */
  private record Grant(String group, String resource, List<String> names, SortedSet<String> verbs) {
    static Grant of(String group, String resource, String... verbs) {
      return new Grant(group, resource, List.of(), new TreeSet<>(List.of(verbs)));
    }

    Grant named(String name) {
      return new Grant(group, resource, List.of(name), verbs);
    }

    String key() {
      return String.join(" ", group, resource, String.join(",", names));
    }

    Grant and(Grant other) {
      SortedSet<String> all = new TreeSet<>(verbs);
      all.addAll(other.verbs);
      return new Grant(group, resource, names, all);
    }

    PolicyRule rule() {
      return new PolicyRuleBuilder()
          .withApiGroups(group)
          .withResources(resource)
          .withResourceNames(names)
          .withVerbs(List.copyOf(verbs))
          .build();
    }
  }
}
