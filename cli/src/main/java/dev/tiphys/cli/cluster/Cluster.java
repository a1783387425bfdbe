package dev.tiphys.cli.cluster;

import dev.tiphys.functions.kubernetes.KubernetesPlans;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.knative.BrokerClass;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.knative.duck.v1.Addressable;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * One namespace of a cluster.
 *
 * <p>All methods throw {@link io.fabric8.kubernetes.client.KubernetesClientException} when the API
 * server does not answer or refuses.
 */
record Cluster(KubernetesClient client, String namespace) implements AutoCloseable {
  /** Kubernetes gives none for less. */
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);

  /** Whether it knows what a WorkflowRun is, and a Plan, which an older Tiphys did not have. */
  boolean installed() {
    return knows(WorkflowRun.class) && knows(PlanResource.class);
  }

  private boolean knows(Class<? extends HasMetadata> kind) {
    return client.supports(HasMetadata.getApiVersion(kind), HasMetadata.getKind(kind));
  }

  /** The namespace's runs. */
  NonNamespaceOperation<WorkflowRun, KubernetesResourceList<WorkflowRun>, Resource<WorkflowRun>>
      runs() {
    return client.resources(WorkflowRun.class).inNamespace(namespace);
  }

  /** The run of that name. */
  Optional<WorkflowRun> run(String name) {
    return Optional.ofNullable(runs().withName(name).get());
  }

  /** Creates a run, which then begins when an event names it. */
  void create(RunRequest request) {
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(request.name())
            .addToLabels(Marks.RUN, request.name())
            .addToLabels(Marks.WORKFLOW, ResourceName.of(request.workflow()))
            .build());
    object.setSpec(
        WorkflowRunSpec.requested(request.workflow(), request.plan(), request.parameters()));
    runs().resource(object).create();
  }

  /** The pods of a run. */
  FilterWatchListDeletable<Pod, PodList, PodResource> pods(String run) {
    return client.pods().inNamespace(namespace).withLabel(Marks.RUN, run);
  }

  /**
   * The plan of that id.
   *
   * @throws Refused if another version of Tiphys has made it
   */
  Optional<Plan> plan(String id) {
    return Optional.ofNullable(plans().withName(ResourceName.subdomain(id)).get())
        .map(KubernetesPlans::plan);
  }

  /** Whether a workflow of that name is deployed, or has runs, by whichever version of Tiphys. */
  boolean hasWorkflow(String workflow) {
    String label = ResourceName.of(workflow);
    return !plans().withLabel(Marks.WORKFLOW, label).list().getItems().isEmpty()
        || !runs().withLabel(Marks.WORKFLOW, label).list().getItems().isEmpty();
  }

  private NonNamespaceOperation<
          PlanResource, KubernetesResourceList<PlanResource>, Resource<PlanResource>>
      plans() {
    return client.resources(PlanResource.class).inNamespace(namespace);
  }

  /**
   * What was applied last for a workflow of that name.
   *
   * @throws Refused if another version of Tiphys has made it
   */
  Optional<Deployed> deployed(String workflow) {
    return plans().withLabel(Marks.WORKFLOW, ResourceName.of(workflow)).list().getItems().stream()
        .max(Comparator.comparing(object -> object.getMetadata().getCreationTimestamp()))
        .map(Cluster::deployed);
  }

  /**
   * The plan that the run goes by, as it was applied.
   *
   * @throws Refused if another version of Tiphys has made it
   */
  Optional<Deployed> deployed(WorkflowRun run) {
    return Optional.ofNullable(plans().withName(ResourceName.subdomain(run.getSpec().plan())).get())
        .map(Cluster::deployed);
  }

  private static Deployed deployed(PlanResource object) {
    Plan plan = KubernetesPlans.plan(object);
    return new Deployed(
        plan, annotations(object).getOrDefault(Marks.BROKER, ResourceName.of(plan.workflow())));
  }

  /**
   * A workflow as it was applied.
   *
   * @param broker name of its Broker
   */
  record Deployed(Plan plan, String broker) {}

  /** Where the Broker takes events; empty if it is not there, or not ready. */
  Optional<URI> address(String broker) {
    return Marks.carrierAddress(broker, namespace).or(() -> ofKnative(broker)).map(URI::create);
  }

  /** Whom a token has to be for that the Broker asks for; empty if it asks for none. */
  Optional<String> audience(String broker) {
    return addressOf(broker).flatMap(address -> Optional.ofNullable(address.getAudience()));
  }

  /** A token of an account of the namespace, for a few minutes. */
  String token(String account, String audience) {
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(account)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience)
                .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  private Optional<String> ofKnative(String broker) {
    return addressOf(broker).flatMap(address -> Optional.ofNullable(address.getUrl()));
  }

  /** Which class of Broker it is; empty if it is not there, or is none of Knative's. */
  Optional<String> brokerClass(String broker) {
    return find(broker)
        .flatMap(found -> Optional.ofNullable(annotations(found).get(BrokerClass.ANNOTATION)));
  }

  private Optional<Broker> find(String broker) {
    return broker.startsWith(Marks.SERVICE_PREFIX)
        ? Optional.empty()
        : Optional.ofNullable(
            client.resources(Broker.class).inNamespace(namespace).withName(broker).get());
  }

  private Optional<Addressable> addressOf(String broker) {
    return find(broker)
        .flatMap(found -> Optional.ofNullable(found.getStatus()))
        .flatMap(status -> Optional.ofNullable(status.getAddress()));
  }

  private static Map<String, String> annotations(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  @Override
  public void close() {
    client.close();
  }
}
