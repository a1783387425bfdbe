package dev.tiphys.images.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiphys.functions.kubernetes.RootKeySecret;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.PlanSpec;
import dev.tiphys.functions.kubernetes.api.RunPart;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for a cluster's API server, as far as objects go: they are kept and watched, and
 * nothing comes of them.
 */
final class ApiServer implements AutoCloseable {
  static final String NAMESPACE = "training";

  private static final ResourceDefinitionContext BROKER = eventing("Broker", "brokers");
  private static final ResourceDefinitionContext TRIGGER = eventing("Trigger", "triggers");

  private final MockWebServer web = new MockWebServer();
  private final KubernetesMockServer server;
  private final ApiFront front;
  private final KubernetesClient client;
  private final Path token;

  private static ResourceDefinitionContext eventing(String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("eventing.knative.dev")
        .withVersion("v1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  private ApiServer() throws IOException {
    Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    server = new KubernetesMockServer(new Context(), web, answers, new Objects(answers), false);
    server.init();
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(WorkflowRun.class));
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(PlanResource.class));
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(RunPart.class));
    server.expect().get().withPath("/readyz").andReturn(200, "ok").always();
    front = ApiFront.before(web.getPort());
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("https://" + ApiFront.HOST + ":" + front.port())
                    .withCaCertFile(front.authority().toString())
                    .withNamespace(NAMESPACE)
                    .build())
            .build();
    token = Files.writeString(Files.createTempFile("token", ""), "token");
  }

  /** Starts one with what is installed in a namespace. */
  static ApiServer start() throws IOException {
    ApiServer started = new ApiServer();
    started
        .client
        .apps()
        .deployments()
        .resource(
            new DeploymentBuilder()
                .withNewMetadata()
                .withName(Marks.WATCHER)
                .endMetadata()
                .withNewSpec()
                .withReplicas(0)
                .endSpec()
                .build())
        .create();
    started
        .client
        .secrets()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(RootKeySecret.NAME)
                .endMetadata()
                .build())
        .create();
    return started;
  }

  /** Deploys a plan: its object and its Broker. */
  void deploy(Plan plan) {
    String broker = ResourceName.of(plan.workflow());
    PlanResource kept = new PlanResource();
    kept.setMetadata(
        new ObjectMetaBuilder().withName(plan.id()).addToAnnotations(Marks.BROKER, broker).build());
    kept.setSpec(new PlanSpec(plan.toJson()));
    client.resource(kept).create();
    GenericKubernetesResource object =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("eventing.knative.dev/v1")
            .withKind("Broker")
            .withNewMetadata()
            .withName(broker)
            .endMetadata()
            .addToAdditionalProperties(
                "status", Map.of("address", Map.of("url", "http://broker.training")))
            .build();
    client.genericKubernetesResources(BROKER).resource(object).create();
  }

  /** Issues tokens, and has a Trigger of that account which sends to that Knative Service. */
  void authorize(Tokens tokens, String service, String account) {
    tell("/.well-known/openid-configuration", tokens.configuration());
    tell("/openid/v1/jwks", tokens.keySet());
    client
        .genericKubernetesResources(TRIGGER)
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("eventing.knative.dev/v1")
                .withKind("Trigger")
                .withNewMetadata()
                .withName("training")
                .endMetadata()
                .addToAdditionalProperties(
                    "spec", Map.of("subscriber", Map.of("ref", Map.of("name", service))))
                .addToAdditionalProperties(
                    "status", Map.of("auth", Map.of("serviceAccountName", account)))
                .build())
        .create();
  }

  private void tell(String path, String document) {
    server.expect().get().withPath(path).andReturn(200, document).always();
  }

  /** Keeps a run, as {@code begin} leaves it. */
  void begin(String run, URI sink) {
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(new ObjectMetaBuilder().withName(run).addToLabels(Marks.RUN, run).build());
    object.setSpec(WorkflowRunSpec.requested("training", "training-1", new TreeMap<>()));
    object.setStatus(
        new WorkflowRunStatus(
            "Running",
            null,
            sink.toString(),
            null,
            "files",
            "",
            "2026-01-01T00:00:00Z",
            null,
            null,
            "{}"));
    client.resource(object).create();
    new RootKeySecret(
            client.secrets().inNamespace(NAMESPACE), new SecureRandom(), InstantSource.system())
        .rotate();
  }

  /** A task's pod, and what its main container does; that pod changes if it is there already. */
  void pod(Instance.Identity identity, ContainerState main, String phase) {
    client
        .pods()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(identity.name())
                .addToLabels(Marks.RUN, identity.run())
                .addToAnnotations(Marks.INSTANCE, Json.write(identity))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(Marks.MAIN)
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .addNewContainerStatus()
                .withName(Marks.MAIN)
                .withState(main)
                .endContainerStatus()
                .endStatus()
                .build())
        .createOr(NonDeletingOperation::update);
  }

  /** A run's signing keys. */
  RunKeys keys(String run) {
    return new RunKeys(
        RootKeySecret.find(client.secrets().inNamespace(NAMESPACE)).orElseThrow(),
        client.resources(WorkflowRun.class).withName(run).require().getMetadata().getUid());
  }

  /** Name of the run's pod of that task, which has to be there. */
  String pod(String run, String task) {
    return only(run, task).getMetadata().getName();
  }

  /** Makes sure that the run's pod of that task was asked to stop. */
  void requireStopped(String run, String task) {
    if (!only(run, task).getMetadata().getAnnotations().containsKey(Marks.STOPPED)) {
      throw new IllegalStateException(task + " of run " + run + " was not stopped");
    }
  }

  private Pod only(String run, String task) {
    return requirePods(run, task, 1).getFirst();
  }

  /** The run's pods of that task, which have to be that many. */
  List<Pod> requirePods(String run, String task, int number) {
    List<Pod> pods =
        client.pods().withLabels(Map.of(Marks.RUN, run, Marks.TASK, task)).list().getItems();
    if (pods.size() != number) {
      throw new IllegalStateException(
          "run " + run + " has " + pods.size() + " pods of " + task + " instead of " + number);
    }
    return pods;
  }

  /** For who reads and writes objects in the namespace. */
  KubernetesClient client() {
    return client;
  }

  /** Requests are kept to be looked at: those of a long test would fill the memory. */
  void forgetRequests() throws InterruptedException {
    while (web.takeRequest(0, TimeUnit.SECONDS) != null) {
      // it is forgotten
    }
  }

  /** What tells a program in a pod where the API server is. */
  Map<String, String> environment() {
    return Map.of(
        "KUBERNETES_SERVICE_HOST", ApiFront.HOST,
        "KUBERNETES_SERVICE_PORT", Integer.toString(front.port()),
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", token.toString(),
        "KUBERNETES_CERTS_CA_FILE", front.authority().toString(),
        "TIPHYS_NAMESPACE", NAMESPACE);
  }

  @Override
  public void close() {
    client.close();
    front.close();
    server.destroy();
  }

  /** Keeps objects, and does for pods what the stand-in does not know of. */
  private static final class Objects extends KubernetesMixedDispatcher {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String FEWER_FINALIZERS = "$deleteFromPrimitiveList/finalizers";

    Objects(Map<ServerRequest, Queue<ServerResponse>> answers) {
      super(answers);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return super.dispatch(
          switch (request.method()) {
            case POST -> request.getPath().endsWith("/pods") ? pending(request) : request;
            case PATCH -> merging(request);
            default -> request;
          });
    }

    /** Pending is what a pod is until it is scheduled. */
    private static RecordedRequest pending(RecordedRequest request) {
      Pod pod =
          new PodBuilder(Serialization.unmarshal(request.getUtf8Body(), Pod.class))
              .editOrNewStatus()
              .withPhase("Pending")
              .endStatus()
              .build();
      return changed(request, request.getHeaders(), Serialization.asJson(pod));
    }

    /** A merge patch in place of a strategic one: of lists only the finalizers matter here. */
    private static RecordedRequest merging(RecordedRequest request) {
      Headers headers = request.getHeaders().newBuilder().set(CONTENT_TYPE, MERGE_PATCH).build();
      JsonNode patch = Serialization.unmarshal(request.getUtf8Body(), JsonNode.class);
      if (patch.path("metadata") instanceof ObjectNode metadata
          && metadata.remove(FEWER_FINALIZERS) != null) {
        metadata.putNull("finalizers");
      }
      return changed(request, headers, Serialization.asJson(patch));
    }

    private static RecordedRequest changed(RecordedRequest request, Headers headers, String body) {
      return new RecordedRequest(
          request.getHttpVersion(),
          request.method(),
          request.getPath(),
          headers,
          new Buffer().writeUtf8(body));
    }
  }
}
