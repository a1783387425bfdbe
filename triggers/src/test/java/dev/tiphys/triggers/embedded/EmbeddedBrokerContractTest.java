package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import dev.tiphys.triggers.contract.Guarantees;
import dev.tiphys.triggers.delivery.Limits;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.http.HttpIngress;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The embedded broker keeps the contract. */
class EmbeddedBrokerContractTest extends BrokerContract {
  private static final int LANE_CAPACITY = 16;

  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws IOException {
    VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
    EmbeddedBroker broker =
        new EmbeddedBroker(
            triggers,
            address -> subscriber(subscribers, address),
            scheduler,
            new Limits(LANE_CAPACITY, 64, 64),
            BrokerEvents.NONE);
    HttpIngress ingress = HttpIngress.start(broker, HttpIngress.Options.DEFAULT);
    return new Running() {
      @Override
      public URI ingress() {
        return ingress.uri();
      }

      @Override
      public void close() {
        broker.close();
        ingress.close();
        scheduler.close();
      }
    };
  }

  private static Subscriber subscriber(
      Map<Trigger.Address, Subscriber> subscribers, Trigger.Address address) {
    return Objects.requireNonNull(subscribers.get(address));
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
