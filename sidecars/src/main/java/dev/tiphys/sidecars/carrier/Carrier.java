package dev.tiphys.sidecars.carrier;

import dev.tiphys.functions.kubernetes.broker.KubernetesBroker;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.http.HttpIngress;
import dev.tiphys.triggers.kafka.KafkaBroker;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The broker over what is behind a carrier.
 *
 * @param maxBodyBytes of an event that it can keep
 * @param failed fails when it dispatches no more, by a fault that a restart may mend
 */
record Carrier(Broker broker, int maxBodyBytes, CompletableFuture<Void> failed, Runnable end) {
  /**
   * Opens it.
   *
   * @throws IOException if what is behind it does not answer, or forbids what is needed
   */
  static Carrier open(
      CarrierSettings settings,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler)
      throws IOException {
    return switch (settings.pubsub()) {
      case Pubsub.Kafka(var kafka) -> {
        KafkaBroker broker =
            KafkaBroker.open(settings.triggers(), subscribers, scheduler, kafka, BrokerEvents.NONE);
        yield new Carrier(broker, HttpIngress.MAX_BODY_BYTES, broker.failed(), broker::close);
      }
      case Pubsub.Kubernetes(var kubernetes) -> {
        KubernetesClient client = new KubernetesClientBuilder().build();
        KubernetesBroker broker =
            KubernetesBroker.open(
                settings.triggers(), subscribers, scheduler, client, kubernetes, BrokerEvents.NONE);
        yield new Carrier(
            broker,
            KubernetesBroker.MAX_BODY_BYTES,
            broker.failed(),
            () -> {
              broker.close();
              client.close();
            });
      }
    };
  }
}
