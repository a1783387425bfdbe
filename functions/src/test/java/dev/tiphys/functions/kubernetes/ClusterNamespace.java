package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.PlanSpec;
import dev.tiphys.functions.kubernetes.pod.PodSettings;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A namespace of its own, with a Broker that has an address and nothing behind it. */
final class ClusterNamespace implements AutoCloseable {
  static final String BROKER = "nowhere";
  static final String SINK = "http://nowhere.example/broker";
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  final KubernetesClient client = new KubernetesClientBuilder().build();

  /** What the functions have; it reads less. */
  private final KubernetesClient functions = KubernetesCluster.client(builder -> {});

  final String name = "tiphys-test-" + UUID.randomUUID().toString().substring(0, 8);
  final InstantSource clock = InstantSource.system();

  ClusterNamespace(Map<String, String> labels) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(RootKeySecret.NAME)
                .withNamespace(name)
                .endMetadata()
                .build())
        .create();
    GenericKubernetesResource broker = new GenericKubernetesResource();
    broker.setApiVersion("eventing.knative.dev/v1");
    broker.setKind("Broker");
    broker.setMetadata(
        new ObjectMetaBuilder()
            .withName(BROKER)
            .withNamespace(name)
            .addToAnnotations("eventing.knative.dev/broker.class", "Nobody")
            .build());
    GenericKubernetesResource created = client.resource(broker).create();
    created.setAdditionalProperty("status", Map.of("address", Map.of("url", SINK)));
    client.resource(created).updateStatus();
  }

  /** Ports that share nothing with those that were opened before. */
  KubernetesCluster open() {
    return KubernetesCluster.open(
        functions, name, new PodSettings("dev.local/sidecars:test"), clock);
  }

  void deploy(Plan plan, String logs) {
    PlanResource object = new PlanResource();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(plan.id())
            .withNamespace(name)
            .addToAnnotations(Marks.BROKER, BROKER)
            .addToAnnotations(Marks.LOGS, logs)
            .build());
    object.setSpec(new PlanSpec(plan.toJson()));
    client.resource(object).createOr(it -> it.update());
  }

  static Run run(Plan plan, String name) {
    Node root = new Node.Task(plan.entrypoint(), new TreeMap<>(), false, Phase.RUNNING, "");
    return Run.create(
        name,
        plan.workflow(),
        plan.id(),
        new TreeMap<>(),
        Instant.parse("2026-01-01T00:00:00Z"),
        plan.entrypoint(),
        root,
        new Run.Cause(new EventKey("/test", name), new TreeSet<>()));
  }

  static InstanceSpec instance(Run run, String name, boolean gated) {
    return new InstanceSpec(
        new Instance.Identity(name, run.workflow(), run.name(), "main", "flip-coin", null, 0),
        gated,
        new TreeMap<>(),
        new InstanceSpec.Launch(
            "dev.local/nothing:test", List.of("true"), List.of(), new TreeMap<>(), null),
        List.of());
  }

  /** With an event sidecar that reads what it prints. */
  static InstanceSpec watched(Run run, String name) {
    InstanceSpec bare = instance(run, name, false);
    EventSidecar sidecar =
        new EventSidecar.StdoutWatcher(
            new EventSidecar.Common("watch", "stdoutwatcher", "coin", new TreeMap<>(), null),
            EventSidecar.Stream.STDOUT,
            EventSidecar.OnStop.DISCARD);
    return new InstanceSpec(
        bare.identity(), false, new TreeMap<>(), bare.launch(), List.of(sidecar));
  }

  Pod pod(String pod) {
    return client.pods().inNamespace(name).withName(pod).require();
  }

  static void eventually(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(DEADLINE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError("did not come to be within " + DEADLINE);
      }
      Thread.sleep(20);
    }
  }

  /** What still has our finalizer would keep the namespace for ever. */
  @Override
  public void close() {
    for (Pod pod : client.pods().inNamespace(name).list().getItems()) {
      client.resource(pod).patch(Patches.STRATEGIC, Patches.recorded());
    }
    client.namespaces().withName(name).delete();
    functions.close();
    client.close();
  }
}
