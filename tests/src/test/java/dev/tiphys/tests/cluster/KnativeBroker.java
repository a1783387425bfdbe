package dev.tiphys.tests.cluster;

import dev.tiphys.knative.Filters;
import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.SubscriberServer;
import io.fabric8.knative.duck.v1.DeliverySpec;
import io.fabric8.knative.duck.v1.DeliverySpecBuilder;
import io.fabric8.knative.eventing.v1.Broker;
import io.fabric8.knative.eventing.v1.TriggerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
 * A Knative Broker of a test's own. Its ingress is posted to from here, and its Triggers deliver to
 * a server on this machine: pods have to reach it by the address from which this machine talks to
 * the API server.
 */
final class KnativeBroker implements AutoCloseable {
  /** A Trigger is called ready shortly before its dispatcher knows of it. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private static final Duration TENTH = Duration.ofMillis(100);
  private static final AtomicInteger BROKERS = new AtomicInteger();

  private final TestNamespace namespace;
  private final KnativeBrokerClass brokerClass;
  private final List<Trigger> triggers;
  private final String name = "broker-" + BROKERS.incrementAndGet();
  private final SubscriberServer server;

  private KnativeBroker(
      TestNamespace namespace,
      KnativeBrokerClass brokerClass,
      List<Trigger> triggers,
      Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    this.namespace = namespace;
    this.brokerClass = brokerClass;
    this.triggers = triggers;
    this.server = new SubscriberServer(subscribers, thisMachine(namespace));
  }

  /** Makes one, and waits until it delivers. */
  static KnativeBroker open(
      TestNamespace namespace,
      KnativeBrokerClass brokerClass,
      List<Trigger> triggers,
      Map<Trigger.Address, Subscriber> subscribers)
      throws Exception {
    KnativeBroker broker = new KnativeBroker(namespace, brokerClass, triggers, subscribers);
    broker.create();
    return broker;
  }

  private void create() throws Exception {
    namespace.client().resource(brokerClass.broker(name)).inNamespace(namespace.name()).create();
    for (Trigger trigger : triggers) {
      namespace.client().resource(knative(trigger)).inNamespace(namespace.name()).create();
    }
    Wait.until("Broker " + name + " is ready", () -> ready(Broker.class, name));
    for (Trigger trigger : triggers) {
      Wait.until(
          "Trigger " + trigger.name() + " is ready",
          () -> ready(io.fabric8.knative.eventing.v1.Trigger.class, nameOf(trigger)));
    }
    Thread.sleep(SETTLE);
  }

  /** The Broker's own address, with the IP of its Service for the name that only pods resolve. */
  URI ingress() {
    URI address = URI.create(found().getStatus().getAddress().getUrl());
    String[] host = address.getHost().split("\\.", -1);
    String ip =
        namespace
            .client()
            .services()
            .inNamespace(host[1])
            .withName(host[0])
            .get()
            .getSpec()
            .getClusterIP();
    return URI.create("http://" + ip + address.getRawPath());
  }

  private Broker found() {
    return namespace
        .client()
        .resources(Broker.class)
        .inNamespace(namespace.name())
        .withName(name)
        .get();
  }

  private io.fabric8.knative.eventing.v1.Trigger knative(Trigger trigger) {
    return new TriggerBuilder()
        .withNewMetadata()
        .withName(nameOf(trigger))
        .withAnnotations(brokerClass.triggerAnnotations())
        .endMetadata()
        .withNewSpec()
        .withBroker(name)
        .withFilters(Filters.toKnative(trigger.filter()))
        .withNewSubscriber()
        .withUri(server.uri(trigger.subscriber()).toString())
        .endSubscriber()
        .withDelivery(delivery(trigger.delivery()))
        .endSpec()
        .build();
  }

  private String nameOf(Trigger trigger) {
    return name + "-" + trigger.name();
  }

  private DeliverySpec delivery(Delivery delivery) {
    DeliverySpecBuilder knative =
        new DeliverySpecBuilder()
            .withRetry(delivery.retry())
            .withBackoffPolicy(delivery.policy().name().toLowerCase(Locale.ROOT))
            .withBackoffDelay(tenths(delivery.backoffDelay()).toString());
    if (delivery.deadLetterSink() != null) {
      knative
          .withNewDeadLetterSink()
          .withUri(server.uri(delivery.deadLetterSink()).toString())
          .endDeadLetterSink();
    }
    return knative.build();
  }

  /** Knative's Broker for Kafka cuts all less off, and with no delay left it never tries again. */
  private static Duration tenths(Duration delay) {
    return delay.compareTo(TENTH) < 0 ? TENTH : delay;
  }

  private <T extends HasMetadata> boolean ready(Class<T> kind, String object) {
    T found =
        namespace.client().resources(kind).inNamespace(namespace.name()).withName(object).get();
    return switch (found) {
      case Broker broker ->
          broker.getStatus() != null && KnativeSample.ready(broker.getStatus().getConditions());
      case io.fabric8.knative.eventing.v1.Trigger trigger ->
          trigger.getStatus() != null && KnativeSample.ready(trigger.getStatus().getConditions());
      case null, default -> false;
    };
  }

  private static InetAddress thisMachine(TestNamespace namespace) throws IOException {
    URI server = URI.create(namespace.client().getMasterUrl().toString());
    try (DatagramSocket socket = new DatagramSocket()) {
      // sends nothing: it only asks which way a packet would go
      socket.connect(new InetSocketAddress(server.getHost(), 443));
      return socket.getLocalAddress();
    }
  }

  @Override
  public void close() {
    for (Trigger trigger : triggers) {
      namespace
          .client()
          .resources(io.fabric8.knative.eventing.v1.Trigger.class)
          .inNamespace(namespace.name())
          .withName(nameOf(trigger))
          .delete();
    }
    namespace
        .client()
        .resources(Broker.class)
        .inNamespace(namespace.name())
        .withName(name)
        .delete();
    server.close();
  }
}
