package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import dev.tiphys.triggers.contract.Guarantees;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.http.HttpIngress;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The broker over Kafka keeps the contract. */
class KafkaBrokerContractTest extends BrokerContract {
  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    return new OverKafka(triggers, subscribers, settings());
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KAFKA;
  }

  /** Of a topic that nobody else has. */
  protected KafkaSettings settings() {
    return KafkaServer.shared().settings();
  }

  private static final class OverKafka implements Running {
    private final List<Trigger> triggers;
    private final Map<Trigger.Address, Subscriber> subscribers;
    private final KafkaSettings settings;
    private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
    private final KafkaBroker broker;
    private final HttpIngress ingress;

    OverKafka(
        List<Trigger> triggers,
        Map<Trigger.Address, Subscriber> subscribers,
        KafkaSettings settings)
        throws IOException {
      this.triggers = triggers;
      this.subscribers = subscribers;
      this.settings = settings;
      this.broker =
          KafkaBroker.open(
              triggers,
              address -> Objects.requireNonNull(subscribers.get(address)),
              scheduler,
              settings,
              BrokerEvents.NONE);
      this.ingress = HttpIngress.start(broker, HttpIngress.Options.DEFAULT);
    }

    @Override
    public URI ingress() {
      return ingress.uri();
    }

    @Override
    public Running restarted() throws IOException {
      close();
      return new OverKafka(triggers, subscribers, settings);
    }

    @Override
    public void close() {
      ingress.close();
      broker.close();
      scheduler.close();
    }
  }
}
