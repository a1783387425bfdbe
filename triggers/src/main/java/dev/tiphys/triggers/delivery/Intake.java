package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import io.cloudevents.CloudEvent;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way into a broker: one that is closed takes nothing, and what runs in a loop ends here. */
public final class Intake implements Broker {
  /** Takes an event, as Subscribers see it; completes when that is done. */
  public interface Taking {
    CompletableFuture<Void> take(CloudEvent event, TimeToLive timeToLive);
  }

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final Taking taking;
  private final BrokerEvents observer;
  private final BooleanSupplier closed;

  public Intake(Taking taking, BrokerEvents observer, BooleanSupplier closed) {
    this.taking = taking;
    this.observer = observer;
    this.closed = closed;
  }

  @Override
  public CompletableFuture<Void> publish(CloudEvent event) {
    return publish(TimeToLive.strip(event), TimeToLive.of(event));
  }

  /** Publishes the reply to an event that had that much time to live. */
  public CompletableFuture<Void> reply(CloudEvent reply, TimeToLive answered) {
    return publish(TimeToLive.strip(reply), answered.next());
  }

  private CompletableFuture<Void> publish(CloudEvent event, TimeToLive timeToLive) {
    if (closed.getAsBoolean()) {
      return CompletableFuture.failedFuture(new BrokerClosedException());
    }
    if (timeToLive.exhausted()) {
      log.warn("event {} of {} runs in a loop: dropped", event.getId(), event.getSource());
      observer.droppedLoop(event);
      return CompletableFuture.completedFuture(null);
    }
    return taking.take(event, timeToLive);
  }
}
