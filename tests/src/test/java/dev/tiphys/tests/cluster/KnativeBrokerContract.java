package dev.tiphys.tests.cluster;

import dev.tiphys.knative.Filters;
import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import dev.tiphys.triggers.contract.SubscriberServer;
import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.duck.v1.DeliverySpecBuilder;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Knative Broker and the contract. Its ingress is posted to from here, and its Triggers deliver
 * to a server on this machine: pods have to reach it by the address from which this machine talks
 * to the API server.
 */
abstract class KnativeBrokerContract extends BrokerContract {
  /** A Trigger is called ready shortly before its dispatcher knows of it. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private static final AtomicInteger BROKERS = new AtomicInteger();

  /** Where all brokers of the class are. */
  abstract TestNamespace namespace();

  /** A Broker of the class, with that name. */
  abstract Broker broker(String name);

  /** Of each Trigger. */
  abstract Map<String, String> triggerAnnotations();

  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws Exception {
    String name = "contract-" + BROKERS.incrementAndGet();
    SubscriberServer server = new SubscriberServer(subscribers, thisMachine());
    KubernetesClient client = namespace().client();
    client.resource(broker(name)).inNamespace(namespace().name()).create();
    for (Trigger trigger : triggers) {
      client.resource(trigger(name, trigger, server)).inNamespace(namespace().name()).create();
    }
    Wait.until("Broker " + name + " is ready", () -> ready(Broker.class, name));
    for (Trigger trigger : triggers) {
      Wait.until(
          "Trigger " + trigger.name() + " is ready",
          () -> ready(io.fabric8.knative.eventing.v1.Trigger.class, triggerName(name, trigger)));
    }
    Thread.sleep(SETTLE);
    return new OnCluster(name, ingress(name), server);
  }

  private io.fabric8.knative.eventing.v1.Trigger trigger(
      String broker, Trigger trigger, SubscriberServer server) {
    return new TriggerBuilder()
        .withNewMetadata()
        .withName(triggerName(broker, trigger))
        .withAnnotations(triggerAnnotations())
        .endMetadata()
        .withNewSpec()
        .withBroker(broker)
        .withFilters(Filters.toKnative(trigger.filter()))
        .withNewSubscriber()
        .withUri(server.uri(trigger.subscriber()).toString())
        .endSubscriber()
        .withDelivery(delivery(trigger.delivery(), server))
        .endSpec()
        .build();
  }

  private static String triggerName(String broker, Trigger trigger) {
    return broker + "-" + trigger.name();
  }

  private static DeliverySpec delivery(Delivery delivery, SubscriberServer server) {
    DeliverySpecBuilder knative =
        new DeliverySpecBuilder()
            .withRetry(delivery.retry())
            .withBackoffPolicy(delivery.policy().name().toLowerCase(Locale.ROOT))
            .withBackoffDelay(delivery.backoffDelay().toString());
    if (delivery.deadLetterSink() != null) {
      knative
          .withNewDeadLetterSink()
          .withUri(server.uri(delivery.deadLetterSink()).toString())
          .endDeadLetterSink();
    }
    return knative.build();
  }

  private <T extends HasMetadata> boolean ready(Class<T> kind, String name) {
    T found =
        namespace().client().resources(kind).inNamespace(namespace().name()).withName(name).get();
    return switch (found) {
      case Broker broker ->
          broker.getStatus() != null && KnativeSample.ready(broker.getStatus().getConditions());
      case io.fabric8.knative.eventing.v1.Trigger trigger ->
          trigger.getStatus() != null && KnativeSample.ready(trigger.getStatus().getConditions());
      case null, default -> false;
    };
  }

  /** The Broker's own address, with the IP of its Service for the name that only pods resolve. */
  private URI ingress(String name) {
    Broker broker =
        namespace()
            .client()
            .resources(Broker.class)
            .inNamespace(namespace().name())
            .withName(name)
            .get();
    URI address = URI.create(broker.getStatus().getAddress().getUrl());
    String[] host = address.getHost().split("\\.", -1);
    String ip =
        namespace()
            .client()
            .services()
            .inNamespace(host[1])
            .withName(host[0])
            .get()
            .getSpec()
            .getClusterIP();
    return URI.create("http://" + ip + address.getRawPath());
  }

  private InetAddress thisMachine() throws IOException {
    URI server = URI.create(namespace().client().getMasterUrl().toString());
    try (DatagramSocket socket = new DatagramSocket()) {
      // sends nothing: it only asks which way a packet would go
      socket.connect(new InetSocketAddress(server.getHost(), 443));
      return socket.getLocalAddress();
    }
  }

  /** Ends the pods of a workload of Knative Eventing's, and waits until others are ready. */
  final void restart(String workload) throws Exception {
    namespace().kill(namespace().knativePods(workload));
    Wait.until(
        workload + " is ready again",
        () ->
            namespace().knativePods(workload).stream()
                .anyMatch(
                    pod ->
                        io.fabric8.kubernetes.client.readiness.Readiness.getInstance()
                            .isReady(pod)));
  }

  /** What is behind the broker's restart, where it survives one. */
  void restart() throws Exception {
    throw new UnsupportedOperationException("this broker does not survive that");
  }

  private final class OnCluster implements Running {
    private final String name;
    private final URI ingress;
    private final SubscriberServer server;

    OnCluster(String name, URI ingress, SubscriberServer server) {
      this.name = name;
      this.ingress = ingress;
      this.server = server;
    }

    @Override
    public URI ingress() {
      return ingress;
    }

    @Override
    public Running restarted() throws Exception {
      restart();
      return this;
    }

    @Override
    public void close() {
      namespace()
          .client()
          .resources(io.fabric8.knative.eventing.v1.Trigger.class)
          .inNamespace(namespace().name())
          .delete();
      namespace()
          .client()
          .resources(Broker.class)
          .inNamespace(namespace().name())
          .withName(name)
          .delete();
      server.close();
    }
  }
}
