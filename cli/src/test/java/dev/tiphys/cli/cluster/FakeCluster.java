package dev.tiphys.cli.cluster;

import dev.tiphys.cli.Call;
import dev.tiphys.compiler.Compiler;
import dev.tiphys.functions.Begin;
import dev.tiphys.functions.kubernetes.RootKeySecret;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.knative.KnativeManifests;
import dev.tiphys.knative.Options;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.RunKeys;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.fabric8.knative.eventing.v1.BrokerBuilder;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.eventing.v1.TriggerStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An API server that keeps objects and takes events, and runs nothing. */
final class FakeCluster implements AutoCloseable {
  static final String NAMESPACE = "games";

  private static final String INGRESS =
      "/api/v1/namespaces/knative-eventing/services/http:broker-ingress:80/proxy/games/";
  private static final int MANY = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final KubernetesClient client;
  private final KubernetesMockServer server;
  private final Path kubeconfig;

  FakeCluster(Path folder) throws IOException {
    Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            answers,
            new KubernetesMixedDispatcher(answers),
            false);
    server.init();
    client = server.createClient();
    kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig());
  }

  private String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: fake
    contexts: [{name: fake, context: {cluster: fake, user: me, namespace: games}}]
    clusters: [{name: fake, cluster: {server: "%s"}}]
    users: [{name: me, user: {token: t}}]
    """
        .formatted(client.getMasterUrl());
  }

  /** Lets it know WorkflowRuns. */
  FakeCluster install() {
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(WorkflowRun.class));
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(PlanResource.class));
    return this;
  }

  /** Calls the command on this cluster. */
  Call tiphys(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--kubeconfig=" + kubeconfig);
    return Call.tiphys(all.toArray(String[]::new));
  }

  /** The workflow of an example, compiled. */
  Plan plan(String example) throws IOException {
    String text = Files.readString(Path.of(Call.example(example)));
    return Objects.requireNonNull(Compiler.compile(example, text).value());
  }

  /** The workflow of an example as it is applied, with a Broker that is ready. */
  Plan deploy(String example) throws IOException {
    Plan plan = plan(example);
    create(KnativeManifests.of(plan, Options.defaults()).getFirst());
    create(
        new BrokerBuilder()
            .withNewMetadata()
            .withName(plan.workflow())
            .endMetadata()
            .withNewStatus()
            .withNewAddress()
            .withUrl(sink(plan))
            .endAddress()
            .endStatus()
            .build());
    return plan;
  }

  private static String sink(Plan plan) {
    return "http://broker-ingress.knative-eventing.svc.cluster.local/games/" + plan.workflow();
  }

  /** Lets the broker of the workflow answer so. */
  void ingress(String workflow, int status) {
    server.expect().post().withPath(INGRESS + workflow).andReturn(status, "").times(MANY);
  }

  /** The root key's Secret, as it is applied. */
  FakeCluster rootKey() {
    create(
        new SecretBuilder().withNewMetadata().withName(RootKeySecret.NAME).endMetadata().build());
    return this;
  }

  /** The keys of a run. */
  RunKeys keys(String run) {
    return new RunKeys(
        RootKeySecret.find(client.secrets().inNamespace(NAMESPACE)).orElseThrow(),
        client
            .resources(WorkflowRun.class)
            .inNamespace(NAMESPACE)
            .withName(run)
            .require()
            .getMetadata()
            .getUid());
  }

  /** A run that has begun, with a running instance of a task. */
  String begin(Plan plan, String id, String task) {
    Run run = run(plan, id);
    WorkflowRun object = object(plan, run);
    object.setStatus(status("Running", run, sink(plan), null));
    create(object);
    create(pod(run, task));
    return run.name();
  }

  /** A run that has yet to begin. */
  String request(Plan plan, String id) {
    Run run = run(plan, id);
    create(object(plan, run));
    return run.name();
  }

  private static WorkflowRun object(Plan plan, Run run) {
    WorkflowRun object = new WorkflowRun();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(run.name())
            .addToLabels(Marks.RUN, run.name())
            .addToLabels(Marks.WORKFLOW, plan.workflow())
            .build());
    object.setSpec(WorkflowRunSpec.requested(plan.workflow(), plan.id(), new TreeMap<>()));
    return object;
  }

  /** The run as it is now. */
  WorkflowRun run(String name) {
    return client.resources(WorkflowRun.class).inNamespace(NAMESPACE).withName(name).require();
  }

  private static Run run(Plan plan, String id) {
    CloudEvent begin =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(URI.create("/me"))
            .withType(EventTypes.RUN_BEGIN)
            .build();
    return ((Begin.Outcome.Begun)
            Begin.decide(plan, new RuleIndex(plan), begin, Instant.parse("2026-01-01T00:00:00Z")))
        .run();
  }

  static WorkflowRunStatus status(String phase, Run run, String sink, @Nullable String finishedAt) {
    return new WorkflowRunStatus(
        phase,
        null,
        sink,
        null,
        "files",
        "shop 1 active",
        run.startedAt().toString(),
        finishedAt,
        null,
        Json.write(run.withVersion("")));
  }

  private static HasMetadata pod(Run run, String task) {
    String node =
        run.nodes().keySet().stream().filter(it -> it.contains(task)).findFirst().orElseThrow();
    String name = run.name() + "-" + task;
    Instance.Identity identity =
        new Instance.Identity(name, run.workflow(), run.name(), node, task, null, 0);
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels(Marks.RUN, run.name())
        .addToAnnotations(Marks.INSTANCE, Json.write(identity))
        .withCreationTimestamp("2026-01-01T00:00:01Z")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(Marks.MAIN)
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase("Running")
        .addNewContainerStatus()
        .withName(Marks.MAIN)
        .withNewState()
        .withNewRunning("2026-01-01T00:00:02Z")
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  void create(HasMetadata object) {
    client.resource(object).inNamespace(NAMESPACE).create();
  }

  /** Ends a run that has begun. */
  void end(String name, Phase phase, String message) {
    WorkflowRun object = run(name);
    WorkflowRunStatus before = Objects.requireNonNull(object.getStatus());
    Run run = before.run(name);
    TreeMap<String, Node> nodes = new TreeMap<>(run.nodes());
    nodes.replaceAll((path, node) -> node.to(phase, message));
    object.setStatus(
        status(
            phase.title(),
            run.withNodes(nodes),
            Objects.requireNonNull(before.sink()),
            "2026-01-01T00:01:00Z"));
    client.resource(object).inNamespace(NAMESPACE).update();
  }

  /**
   * Lets what shows events begin its work, and waits until it does.
   *
   * @param log what its pod prints, which ends then
   * @param after how long that takes
   */
  void showEvents(String log, Duration after) throws InterruptedException {
    CountDownLatch shown = new CountDownLatch(1);
    Job job =
        await(() -> client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems()).getFirst();
    String name = job.getMetadata().getName();
    server
        .expect()
        .get()
        .delay(after.toMillis())
        .withPath(
            "/api/v1/namespaces/%s/pods/%s/log?pretty=false&container=eventtail&follow=true"
                .formatted(NAMESPACE, name))
        .andReply(
            200,
            request -> {
              shown.countDown();
              return log;
            })
        .always();
    Trigger trigger =
        await(() -> client.resources(Trigger.class).inNamespace(NAMESPACE).list().getItems())
            .getFirst();
    trigger.setStatus(
        new TriggerStatusBuilder()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .build());
    client.resource(trigger).inNamespace(NAMESPACE).update();
    create(
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
            .endMetadata()
            .withNewStatus()
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .endStatus()
            .build());
    if (!shown.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("nobody asks for the log of " + name);
    }
  }

  /** Waits until there are some. */
  private static <T> List<T> await(Supplier<List<T>> some) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (some.get().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return some.get();
  }

  /** The last event that came to a broker. */
  CloudEvent published() throws InterruptedException {
    RecordedRequest request = server.getLastRequest();
    Map<String, List<String>> headers = new HashMap<>();
    request.getHeaders().toMultimap().forEach(headers::put);
    return switch (HttpEvents.read(headers, request.getBody().readByteArray())) {
      case Received.Event(CloudEvent event) -> event;
      case Received.Other() -> throw new AssertionError("no event: " + request);
      case Received.Malformed malformed -> throw new AssertionError(malformed.toString());
    };
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
