package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A namespace's Plans. They never change, so each is read once; how one is deployed may, so that is
 * read for each run that begins.
 */
public final class KubernetesPlans implements Plans {
  private final NonNamespaceOperation<PlanResource, ?, Resource<PlanResource>> objects;
  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, Plan> known = new ConcurrentHashMap<>();

  private KubernetesPlans(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.objects = client.resources(PlanResource.class).inNamespace(namespace);
  }

  /** Those of a namespace. */
  public static KubernetesPlans in(KubernetesClient client, String namespace) {
    return new KubernetesPlans(client, namespace);
  }

  /**
   * A plan, and how it was deployed.
   *
   * @param broker name of the Broker that its Triggers are on
   */
  record Deployment(Plan plan, String broker, LogCapture logs) {}

  @Override
  public Optional<Plan> find(String id) {
    Plan found = known.get(id);
    return found != null ? Optional.of(found) : read(id).map(Deployment::plan);
  }

  /** A carrier of ours serves the plan that was applied last, and no other. */
  @Override
  public boolean served(String id) {
    return !deployed(id).broker().startsWith(Marks.SERVICE_PREFIX)
        && Triggers.with(client, namespace, Map.of(Marks.PLAN, ResourceName.of(id))).stream()
            .anyMatch(KubernetesPlans::stays);
  }

  private static boolean stays(HasMetadata trigger) {
    Map<String, String> annotations = trigger.getMetadata().getAnnotations();
    return annotations == null || !annotations.containsKey(Marks.RETIRED);
  }

  /** A plan, which has to be there, and how it is deployed now. */
  Deployment deployed(String id) {
    return read(id).orElseThrow(() -> new Unavailable("plan " + id + " is not there"));
  }

  private Optional<Deployment> read(String id) {
    String name = ResourceName.subdomain(id);
    Answer<PlanResource> answer = ApiCall.of("plan " + id, () -> objects.withName(name).get());
    Optional<Deployment> read =
        answer instanceof Answer.Done<PlanResource>(PlanResource object)
            ? Optional.of(deployment(object))
            : Optional.empty();
    read.ifPresent(deployment -> known.put(id, deployment.plan()));
    return read;
  }

  private static Deployment deployment(PlanResource object) {
    Map<String, String> marks =
        object.getMetadata().getAnnotations() == null
            ? Map.of()
            : object.getMetadata().getAnnotations();
    Plan plan = plan(object);
    return new Deployment(
        plan,
        marks.getOrDefault(Marks.BROKER, ResourceName.of(plan.workflow())),
        LogCapture.written(marks.get(Marks.LOGS)));
  }

  /**
   * The plan that the object holds.
   *
   * @throws Refused if it holds none, or one of another name or of another Tiphys
   */
  public static Plan plan(PlanResource object) {
    String name = object.getMetadata().getName();
    Plan plan;
    try {
      plan = Plan.fromJson(object.getSpec().plan());
    } catch (RuntimeException e) {
      throw new Refused(
          "plan " + name + " was made by another Tiphys: submit its workflow again", e);
    }
    if (!ResourceName.subdomain(plan.id()).equals(name)) {
      throw new Refused("plan " + name + " is not what its name says: submit its workflow again");
    }
    return plan;
  }
}
