package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Reaction;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Triggers and EventPolicies of a namespace's plans; sees to it that the superseded ones go.
 */
final class PlanRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(PlanRoutes.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final String EVENTING = "eventing.knative.dev";
  private static final int NO_RETRY = 0;

  private final KubernetesClient client;
  private final String namespace;
  private Instant next = Instant.MIN;
  private boolean pending;

  PlanRoutes(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Whether the watcher can go to sleep without leaving something half done. */
  boolean settled() {
    return !pending;
  }

  /**
   * Does what is to be done next; asks the API server every five seconds at most.
   *
   * @param runs all that there are
   * @throws KubernetesClientException if the API server does not answer, or refuses
   */
  void look(Collection<WatchedRun> runs, Instant now) {
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    pending = false;
    List<GenericKubernetesResource> objects = new ArrayList<>();
    for (PlanRoute.Kind kind : PlanRoute.Kind.values()) {
      objects.addAll(list(kind));
    }
    List<PlanRoute> routes = objects.stream().map(PlanRoutes::route).toList();
    Optional<SupersededPlans.Step> step = SupersededPlans.next(routes, runs, now);
    step.ifPresent(it -> take(it, objects, now));
    pending = SupersededPlans.pending(routes) || step.isPresent();
  }

  private void take(
      SupersededPlans.Step step, List<GenericKubernetesResource> objects, Instant now) {
    switch (step) {
      case SupersededPlans.Step.Retire(PlanRoute route) -> {
        LOG.info("{}: nothing runs by plan {} any more", route.name(), route.plan());
        patch(route, now.toString(), NO_RETRY);
      }
      case SupersededPlans.Step.Restore(PlanRoute route) ->
          patch(route, null, retriesOf(route.workflow(), objects));
      case SupersededPlans.Step.Delete(PlanRoute route) ->
          client
              .genericKubernetesResources(context(route.kind()))
              .inNamespace(namespace)
              .withName(route.name())
              .delete();
    }
  }

  /** All Triggers of a workflow are delivered alike. */
  private static int retriesOf(String workflow, List<GenericKubernetesResource> objects) {
    return objects.stream()
        .filter(object -> route(object).begins() && route(object).workflow().equals(workflow))
        .findFirst()
        .map(object -> object.<Integer>get("spec", "delivery", "retry"))
        .orElseThrow();
  }

  private void patch(PlanRoute route, @Nullable String retiredAt, int retries) {
    ObjectNode patch = Json.mapper().createObjectNode();
    patch.putObject("metadata").putObject("annotations").put(Marks.RETIRED, retiredAt);
    switch (route.kind()) {
      case TRIGGER -> patch.putObject("spec").putObject("delivery").put("retry", retries);
      case EVENT_POLICY -> {}
    }
    GenericKubernetesResource named = new GenericKubernetesResource();
    ResourceDefinitionContext context = context(route.kind());
    named.setApiVersion(EVENTING + "/" + context.getVersion());
    named.setKind(context.getKind());
    named.setMetadata(new ObjectMetaBuilder().withName(route.name()).build());
    client
        .genericKubernetesResources(context)
        .inNamespace(namespace)
        .resource(named)
        .patch(MERGE, Json.write(patch));
  }

  /** None where the cluster has no such kind, or this account has no right to it: nobody asks. */
  private List<GenericKubernetesResource> list(PlanRoute.Kind kind) {
    try {
      return client
          .genericKubernetesResources(context(kind))
          .inNamespace(namespace)
          .withLabel(Marks.PLAN)
          .list()
          .getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return List.of();
      }
      throw e;
    }
  }

  private static PlanRoute route(GenericKubernetesResource object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String retiredAt = annotations == null ? null : annotations.get(Marks.RETIRED);
    return new PlanRoute(
        object.getKind().equals("Trigger") ? PlanRoute.Kind.TRIGGER : PlanRoute.Kind.EVENT_POLICY,
        object.getMetadata().getName(),
        labels.getOrDefault(Marks.WORKFLOW, ""),
        labels.getOrDefault(Marks.PLAN, ""),
        object.get("spec", "subscriber", "uri") instanceof String path
            && path.startsWith(Reaction.BEGIN.path() + "/"),
        retiredAt == null ? null : Instant.parse(retiredAt));
  }

  private static ResourceDefinitionContext context(PlanRoute.Kind kind) {
    return switch (kind) {
      case TRIGGER -> context("v1", "Trigger", "triggers");
      case EVENT_POLICY -> context("v1alpha1", "EventPolicy", "eventpolicies");
    };
  }

  private static ResourceDefinitionContext context(String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(EVENTING)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
