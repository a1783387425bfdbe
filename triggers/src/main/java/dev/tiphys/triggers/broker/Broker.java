package dev.tiphys.triggers.broker;

import io.cloudevents.CloudEvent;
import java.util.concurrent.CompletionStage;

/** Takes events and delivers each to the Subscriber of every Trigger whose filter it passes. */
public interface Broker {
  /**
   * Publishes an event. The stage completes when the broker has taken responsibility for it; while
   * a Trigger's queue is full it stays open, which is how a publisher is slowed down. It completes
   * exceptionally when the event was not taken.
   */
  CompletionStage<Void> publish(CloudEvent event);
}
