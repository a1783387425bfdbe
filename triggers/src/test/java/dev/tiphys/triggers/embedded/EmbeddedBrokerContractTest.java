package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import dev.tiphys.triggers.contract.Guarantees;
import dev.tiphys.triggers.contract.Served;
import dev.tiphys.triggers.delivery.Limits;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The embedded broker keeps the contract. */
class EmbeddedBrokerContractTest extends BrokerContract {
  private static final int LANE_CAPACITY = 16;

  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    return new Served(
        scheduler -> {
          EmbeddedBroker broker =
              new EmbeddedBroker(
                  triggers,
                  Served.finding(subscribers),
                  scheduler,
                  new Limits(LANE_CAPACITY, 64, 64),
                  BrokerEvents.NONE);
          return new Served.Opened(broker, broker::close);
        });
  }

  @Override
  protected Guarantees guarantees() {
    return Guarantees.EMBEDDED;
  }

  @Override
  protected int backlog() {
    return LANE_CAPACITY;
  }
}
