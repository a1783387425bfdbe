package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import dev.tiphys.triggers.contract.Guarantees;
import dev.tiphys.triggers.contract.Served;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The broker over Kafka keeps the contract. */
class KafkaBrokerContractTest extends BrokerContract {
  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    KafkaSettings settings = settings();
    return new Served(
        scheduler -> {
          KafkaBroker broker =
              KafkaBroker.open(
                  triggers, Served.finding(subscribers), scheduler, settings, BrokerEvents.NONE);
          return new Served.Opened(broker, broker::close);
        });
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.KAFKA;
  }

  /** Of a topic that nobody else has. */
  protected KafkaSettings settings() {
    return KafkaServer.shared().settings();
  }
}
