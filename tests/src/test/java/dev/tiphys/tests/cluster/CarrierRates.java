package dev.tiphys.tests.cluster;

import dev.tiphys.functions.kubernetes.broker.BrokerSettings;
import dev.tiphys.functions.kubernetes.broker.KubernetesBroker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Filter;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events from their publication to their delivery to a Subscriber that does nothing, by what
 * carries them on a cluster; and beside it what is below that, alone, in turns.
 */
final class CarrierRates {
  private static final int TURNS = 5;
  private static final int EVENTS = 300;
  private static final int IN_FLIGHT = 16;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Trigger.Address SUBSCRIBER = new Trigger.Address("subscriber", "/");
  private static final Trigger ALL =
      new Trigger(
          "all",
          new Filter.Exact(Map.of("type", CarriedEvents.TYPE)),
          SUBSCRIBER,
          new Delivery(10, Delivery.BackoffPolicy.LINEAR, Duration.ofMillis(50), null));

  private final TestNamespace namespace;
  private final Semaphore delivered = new Semaphore(0);
  private final Subscriber subscriber =
      event -> {
        delivered.release();
        return Subscriber.Response.accepted();
      };

  private CarrierRates(TestNamespace namespace) {
    this.namespace = namespace;
  }

  /** One row for each carrier that the cluster has. */
  static List<String> rows() throws Exception {
    List<String> rows = new ArrayList<>();
    try (TestNamespace namespace = TestNamespace.create("carriers")) {
      CarrierRates rates = new CarrierRates(namespace);
      for (KnativeBrokerClass knative : KnativeBrokerClass.values()) {
        if (knative.isThere(namespace)) {
          rows.add(rates.of(knative));
        }
      }
      rows.add(rates.ofTheApiServer());
    }
    return rows;
  }

  private String of(KnativeBrokerClass knative) throws Exception {
    try (KnativeBroker broker =
            KnativeBroker.open(namespace, knative, List.of(ALL), Map.of(SUBSCRIBER, subscriber));
        CarriedEvents events = new CarriedEvents(broker.ingress(), IN_FLIGHT)) {
      return row(
          "Knative, " + knative.name().toLowerCase(Locale.ROOT) + ": a sidecar's publisher",
          "a bare HttpClient that posts to the same Broker",
          () -> lap(events::postBare),
          () -> lap(events::publish));
    }
  }

  private String ofTheApiServer() throws Exception {
    KubernetesClient client = namespace.client();
    AtomicInteger numbers = new AtomicInteger();
    VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
    KubernetesBroker broker =
        KubernetesBroker.open(
            List.of(ALL),
            address -> subscriber,
            scheduler,
            client,
            BrokerSettings.of(namespace.name(), "rates"),
            BrokerEvents.NONE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return row(
          "Kubernetes API: the broker over it",
          "the client that creates an object of the same size",
          () ->
              lap(
                  () ->
                      CompletableFuture.runAsync(
                          () -> {
                            create(client, "raw-" + numbers.incrementAndGet());
                            delivered.release();
                          },
                          threads)),
          () -> lap(() -> broker.publish(CarriedEvents.event(numbers.incrementAndGet()))));
    } finally {
      broker.close();
      scheduler.close();
    }
  }

  private void create(KubernetesClient client, String name) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace.name())
                .endMetadata()
                .addToData("event", CarriedEvents.TEXT)
                .build())
        .create();
  }

  /** Publishes one; completes when that is acknowledged. */
  private interface Publish {
    CompletionStage<?> one() throws Exception;
  }

  /** Seconds until all are acknowledged and delivered. */
  private double lap(Publish publish) throws Exception {
    delivered.drainPermits();
    Semaphore underWay = new Semaphore(IN_FLIGHT);
    long begin = System.nanoTime();
    for (int n = 0; n < EVENTS; n++) {
      underWay.acquire();
      publish
          .one()
          .whenComplete(
              (done, failure) -> {
                underWay.release();
                if (failure != null) {
                  System.err.println("not published: " + failure);
                }
              });
    }
    if (!delivered.tryAcquire(EVENTS, LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("not all events were delivered within " + LIMIT);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private interface Lap {
    double seconds() throws Exception;
  }

  private static String row(String ours, String raw, Lap rawLap, Lap ourLap) throws Exception {
    rawLap.seconds();
    ourLap.seconds();
    Sample one = new Sample();
    Sample other = new Sample();
    for (int turn = 0; turn < TURNS; turn++) {
      one.addMillis(EVENTS / rawLap.seconds());
      other.addMillis(EVENTS / ourLap.seconds());
    }
    double bare = one.quantile(0.5);
    double tiphys = other.quantile(0.5);
    return String.format(
        Locale.ROOT, "| %s | %s | %.0f | %.0f | %.2f |", ours, raw, bare, tiphys, tiphys / bare);
  }
}
