package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.LogCapture;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plans in a namespace's ConfigMaps. They never change, so each is read once; how one is
 * deployed may, so that is read for each run that begins.
 */
public final class KubernetesPlans implements Plans {
  /** The key that the Plan's JSON is under. */
  private static final String KEY = "plan.json";

  private final NonNamespaceOperation<ConfigMap, ?, Resource<ConfigMap>> maps;
  private final Map<String, Plan> known = new ConcurrentHashMap<>();

  KubernetesPlans(NonNamespaceOperation<ConfigMap, ?, Resource<ConfigMap>> maps) {
    this.maps = maps;
  }

  /** Those of a namespace. */
  public static KubernetesPlans in(KubernetesClient client, String namespace) {
    return new KubernetesPlans(client.configMaps().inNamespace(namespace));
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

  /** A plan, which has to be there, and how it is deployed now. */
  Deployment deployed(String id) {
    return read(id).orElseThrow(() -> new Unavailable("plan " + id + " is not there"));
  }

  private Optional<Deployment> read(String id) {
    String name = ResourceName.subdomain(id);
    Answer<ConfigMap> answer = ApiCall.of("plan " + id, () -> maps.withName(name).get());
    Optional<Deployment> read =
        answer instanceof Answer.Done<ConfigMap>(ConfigMap map)
            ? deployment(map)
            : Optional.empty();
    read.ifPresent(deployment -> known.put(id, deployment.plan()));
    return read;
  }

  /** Empty for a ConfigMap that is no plan: the name is what an event's path asks for. */
  private static Optional<Deployment> deployment(ConfigMap map) {
    String json = map.getData() == null ? null : map.getData().get(KEY);
    if (json == null) {
      return Optional.empty();
    }
    Map<String, String> marks =
        map.getMetadata().getAnnotations() == null ? Map.of() : map.getMetadata().getAnnotations();
    Plan plan = Plan.fromJson(json);
    return Optional.of(
        new Deployment(
            plan,
            marks.getOrDefault(Marks.BROKER, ResourceName.of(plan.workflow())),
            LogCapture.written(marks.get(Marks.LOGS))));
  }
}
