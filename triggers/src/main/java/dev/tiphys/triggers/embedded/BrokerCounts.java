package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import io.cloudevents.CloudEvent;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a broker does. */
public final class BrokerCounts implements BrokerEvents {
  private final LongAdder published = new LongAdder();
  private final LongAdder unmatched = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder droppedLoops = new LongAdder();

  /** Events published, replies among them. */
  public long published() {
    return published.sum();
  }

  /** Events published that passed no Trigger. */
  public long unmatched() {
    return unmatched.sum();
  }

  /** Deliveries that a Subscriber took. */
  public long delivered() {
    return delivered.sum();
  }

  /** Deliveries that failed and were tried again, each time. */
  public long retried() {
    return retried.sum();
  }

  /** Deliveries that ended at a dead-letter sink. */
  public long deadLettered() {
    return deadLettered.sum();
  }

  /** Deliveries that failed for good without a dead-letter sink that took the event. */
  public long lost() {
    return lost.sum();
  }

  /** Events dropped because they ran in a loop. */
  public long droppedLoops() {
    return droppedLoops.sum();
  }

  @Override
  public void published(CloudEvent event, int triggers) {
    published.increment();
    if (triggers == 0) {
      unmatched.increment();
    }
  }

  @Override
  public void delivered(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    delivered.increment();
  }

  @Override
  public void retried(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    retried.increment();
  }

  @Override
  public void deadLettered(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    deadLettered.increment();
  }

  @Override
  public void lost(Trigger trigger, CloudEvent event, Subscriber.Response response) {
    lost.increment();
  }

  @Override
  public void droppedLoop(CloudEvent event) {
    droppedLoops.increment();
  }
}
