package dev.tiphys.knative;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.name.ResourceName;
import dev.tiphys.triggers.plan.Plan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands in for a workflow's Broker where Knative is not to carry its events: a Service that
 * takes them, a Deployment behind it, and its Triggers as JSON.
 */
final class CarrierObjects {
  private static final String COMPONENT = "carrier";
  private static final int PORT = 8080;
  private static final int HTTP = 80;
  private static final String TRIGGERS = "triggers.json";
  private static final String TRIGGERS_FOLDER = "/tiphys/triggers";
  private static final String CLIENT = "client.properties";
  private static final String CLIENT_FOLDER = "/tiphys/kafka";

  private final Plan plan;
  private final Options options;
  private final Pubsub.Carried pubsub;

  CarrierObjects(Plan plan, Options options, Pubsub.Carried pubsub) {
    this.plan = plan;
    this.options = options;
    this.pubsub = pubsub;
  }

  /** Name of the Service. */
  static String name(Plan plan) {
    return ResourceName.of(plan.workflow() + "-" + COMPONENT);
  }

  /** In the order in which they need one another. */
  List<HasMetadata> all() {
    List<HasMetadata> all = new ArrayList<>(List.of(triggers(), service()));
    switch (pubsub) {
      case Pubsub.Kafka _ -> {}
      case Pubsub.Kubernetes() ->
          all.addAll(new Account(metadata(name(plan)).build(), Permissions.ofCarrier()).objects());
    }
    all.add(deployment());
    return List.copyOf(all);
  }

  /** Its name changes with its content, so that other Triggers mean new pods. */
  private ConfigMap triggers() {
    return new ConfigMapBuilder()
        .withMetadata(metadata(triggersName()).build())
        .withImmutable(true)
        .addToData(TRIGGERS, triggersJson())
        .build();
  }

  private String triggersJson() {
    return Json.pretty(Subscriptions.of(plan, options)) + "\n";
  }

  private String triggersName() {
    return ResourceName.withHash(name(plan), triggersJson());
  }

  private Service service() {
    return new ServiceBuilder()
        .withMetadata(metadata(name(plan)).build())
        .withNewSpec()
        .withSelector(selector())
        .addNewPort()
        .withPort(HTTP)
        .withNewTargetPort(PORT)
        .endPort()
        .endSpec()
        .build();
  }

  private Deployment deployment() {
    return new DeploymentBuilder()
        .withMetadata(metadata(name(plan)).build())
        .withNewSpec()
        .withReplicas(1)
        .withRevisionHistoryLimit(1)
        .withNewSelector()
        .withMatchLabels(selector())
        .endSelector()
        .withNewStrategy()
        .withType(strategy())
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(selector())
        .endMetadata()
        .withSpec(pod().build())
        .endTemplate()
        .endSpec()
        .build();
  }

  private String strategy() {
    return switch (pubsub) {
      case Pubsub.Kafka _ -> "RollingUpdate";
      // two of them would deliver all twice
      case Pubsub.Kubernetes() -> "Recreate";
    };
  }

  private PodSpecBuilder pod() {
    ContainerBuilder container = container();
    PodSpecBuilder pod =
        new PodSpecBuilder()
            .withEnableServiceLinks(false)
            .addNewVolume()
            .withName("triggers")
            .withNewConfigMap()
            .withName(triggersName())
            .endConfigMap()
            .endVolume();
    container
        .addNewVolumeMount()
        .withName("triggers")
        .withMountPath(TRIGGERS_FOLDER)
        .endVolumeMount();
    switch (pubsub) {
      case Pubsub.Kafka(String servers, String secret) -> {
        pod.withAutomountServiceAccountToken(false);
        withEnv(container, "TIPHYS_PUBSUB", "kafka");
        withEnv(container, "TIPHYS_BOOTSTRAP_SERVER", servers);
        if (secret != null) {
          mountClient(secret, pod, container);
        }
      }
      case Pubsub.Kubernetes() -> {
        pod.withServiceAccountName(name(plan));
        withEnv(container, "TIPHYS_PUBSUB", "kubernetes");
      }
    }
    return pod.withContainers(container.build());
  }

  private static void mountClient(String secret, PodSpecBuilder pod, ContainerBuilder container) {
    pod.addNewVolume()
        .withName("kafka")
        .withNewSecret()
        .withSecretName(secret)
        .endSecret()
        .endVolume();
    container.addNewVolumeMount().withName("kafka").withMountPath(CLIENT_FOLDER).endVolumeMount();
    withEnv(container, "TIPHYS_COMMAND_CONFIG", CLIENT_FOLDER + "/" + CLIENT);
  }

  private static void withEnv(ContainerBuilder container, String name, String value) {
    container.addNewEnv().withName(name).withValue(value).endEnv();
  }

  private ContainerBuilder container() {
    ContainerBuilder container =
        SidecarsProgram.container(COMPONENT, options.images().sidecars())
            .withEnv(SidecarsProgram.namespace())
            .withReadinessProbe(SidecarsProgram.listens(PORT))
            .withResources(SidecarsProgram.resources("50m", "160Mi", "384Mi"));
    withEnv(container, "TIPHYS_BROKER", ResourceName.of(plan.workflow()));
    withEnv(container, "TIPHYS_TRIGGERS", TRIGGERS_FOLDER + "/" + TRIGGERS);
    return container;
  }

  private Map<String, String> selector() {
    Map<String, String> selector = new TreeMap<>();
    selector.put("app.kubernetes.io/component", COMPONENT);
    selector.put(Marks.WORKFLOW, ResourceName.of(plan.workflow()));
    return selector;
  }

  private ObjectMetaBuilder metadata(String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(options.namespace())
        .withLabels(Labels.of(plan, COMPONENT));
  }
}
