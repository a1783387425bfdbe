package dev.tiphys.tests.cluster;

import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.contract.BrokerContract;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A Knative Broker and the contract. Most of the time goes by while a Broker gets ready. */
@Execution(ExecutionMode.CONCURRENT)
abstract class KnativeBrokerContract extends BrokerContract {
  /** Where all brokers of the class are. */
  abstract TestNamespace namespace();

  abstract KnativeBrokerClass brokerClass();

  /** Ends the processes behind a broker and waits for others, where it survives that. */
  void restart() throws Exception {
    throw new UnsupportedOperationException("this broker does not survive that");
  }

  @Override
  protected Running start(List<Trigger> triggers, Map<Trigger.Address, Subscriber> subscribers)
      throws Exception {
    return new OnCluster(KnativeBroker.open(namespace(), brokerClass(), triggers, subscribers));
  }

  private final class OnCluster implements Running {
    private final KnativeBroker broker;

    OnCluster(KnativeBroker broker) {
      this.broker = broker;
    }

    @Override
    public URI ingress() {
      return broker.ingress();
    }

    @Override
    public Running restarted() throws Exception {
      restart();
      return this;
    }

    @Override
    public void close() {
      broker.close();
    }
  }
}
