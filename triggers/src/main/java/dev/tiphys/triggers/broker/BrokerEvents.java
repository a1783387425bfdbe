package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;

/**
 * What a broker tells of its work, for counters and for people who watch. Called on the threads
 * that deliver, from many at once: implementations are quick, never block and never throw.
 */
public interface BrokerEvents {
  /** Tells nobody. */
  BrokerEvents NONE = new BrokerEvents() {};

  /** An event was published and passes that many Triggers' filters; with 0 it ends here. */
  default void published(CloudEvent event, int triggers) {}

  /** A Trigger's Subscriber took the event. */
  default void delivered(Trigger trigger, CloudEvent event, Subscriber.Response response) {}

  /** A delivery failed and will be tried again. */
  default void retried(Trigger trigger, CloudEvent event, Subscriber.Response response) {}

  /** A delivery failed for good, and the dead-letter sink took the event. */
  default void deadLettered(Trigger trigger, CloudEvent event, Subscriber.Response response) {}

  /** A delivery failed for good, and there is no dead-letter sink, or it did not take the event. */
  default void lost(Trigger trigger, CloudEvent event, Subscriber.Response response) {}

  /** An event had been a reply to a reply to a reply too often. */
  default void droppedLoop(CloudEvent event) {}
}
