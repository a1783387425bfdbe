package dev.tiphys.cli.run;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.embedded.EmbeddedBroker;
import dev.tiphys.triggers.kafka.KafkaBroker;
import dev.tiphys.triggers.kafka.KafkaSettings;
import dev.tiphys.triggers.kafka.KafkaTopic;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A local run's broker, over whatever carries its events. */
final class LocalBroker implements Broker, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalBroker.class);

  private final Broker broker;
  private final LongSupplier outstanding;
  private final Runnable end;

  private LocalBroker(Broker broker, LongSupplier outstanding, Runnable end) {
    this.broker = broker;
    this.outstanding = outstanding;
    this.end = end;
  }

  /**
   * Opens it.
   *
   * @throws IOException if what is to carry the events does not answer
   */
  static LocalBroker open(
      Pubsub pubsub,
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      BrokerEvents observer)
      throws IOException {
    return switch (pubsub) {
      case Pubsub.Embedded() -> {
        EmbeddedBroker broker = new EmbeddedBroker(triggers, subscribers, scheduler, observer);
        yield new LocalBroker(broker, broker::outstanding, broker::close);
      }
      case Pubsub.Kafka(var servers, var client) -> {
        KafkaSettings settings =
            KafkaSettings.of(servers, "tiphys.local." + UUID.randomUUID()).withClient(client);
        KafkaBroker broker = KafkaBroker.open(triggers, subscribers, scheduler, settings, observer);
        yield new LocalBroker(
            broker,
            broker::outstanding,
            () -> {
              broker.close();
              delete(settings, triggers);
            });
      }
    };
  }

  /** The run is in this JVM's memory: without it nobody can use its events. */
  private static void delete(KafkaSettings settings, List<Trigger> triggers) {
    try {
      new KafkaTopic(settings).delete(triggers);
    } catch (IOException e) {
      log.warn("the topic {} stays: {}", settings.topic(), e.getMessage());
    }
  }

  @Override
  public CompletionStage<Void> publish(CloudEvent event) {
    return broker.publish(event);
  }

  /** Deliveries of what it has taken that have not ended, at least so many. */
  long outstanding() {
    return outstanding.getAsLong();
  }

  @Override
  public void close() {
    end.run();
  }
}
