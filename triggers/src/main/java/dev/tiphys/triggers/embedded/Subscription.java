package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import io.cloudevents.CloudEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Trigger at work: its lanes, its Subscriber, its dead-letter sink. */
final class Subscription {
  /** Publishes what a Subscriber replied; the answer it gives counts as the Subscriber's. */
  interface Replies {
    Response publish(Response response, TimeToLive timeToLive);
  }

  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  private final Trigger trigger;
  private final Subscriber subscriber;
  private final Optional<Subscriber> deadLetterSink;
  private final Courier courier;
  private final Replies replies;
  private final BrokerEvents observer;
  private final Lanes lanes;

  Subscription(
      Trigger trigger,
      Function<Trigger.Address, Subscriber> subscribers,
      Courier courier,
      Replies replies,
      BrokerEvents observer,
      Limits limits) {
    this.trigger = trigger;
    this.subscriber = find(trigger.subscriber(), subscribers);
    this.deadLetterSink =
        Optional.ofNullable(trigger.delivery().deadLetterSink())
            .map(sink -> find(sink, subscribers));
    this.courier = courier;
    this.replies = replies;
    this.observer = observer;
    this.lanes = new Lanes(limits, this::begin);
  }

  private static Subscriber find(
      Trigger.Address address, Function<Trigger.Address, Subscriber> subscribers) {
    return Objects.requireNonNull(
        subscribers.apply(address), () -> "there is no Subscriber at " + address);
  }

  Trigger trigger() {
    return trigger;
  }

  Lanes lanes() {
    return lanes;
  }

  private void begin(Lane lane, Entry entry) {
    courier.deliver(
        new Parcel(trigger, subscriber, entry.event()),
        response -> replies.publish(response, entry.timeToLive()),
        response -> end(lane, entry.event(), response));
  }

  private void end(Lane lane, CloudEvent event, Response response) {
    if (response.success()) {
      advance(lane, () -> observer.delivered(trigger, event, response));
    } else {
      deadLetterSink.ifPresentOrElse(
          sink -> deadLetter(sink, lane, event, response), () -> lose(lane, event, response));
    }
  }

  private void deadLetter(Subscriber sink, Lane lane, CloudEvent event, Response response) {
    courier.deliver(
        new Parcel(trigger, sink, DeadLetter.of(event, trigger, response)),
        UnaryOperator.identity(),
        taken -> {
          if (taken.success()) {
            advance(lane, () -> observer.deadLettered(trigger, event, response));
          } else {
            log.error("the dead-letter sink of Trigger {}: {}", trigger.name(), taken.problem());
            lose(lane, event, response);
          }
        });
  }

  private void lose(Lane lane, CloudEvent event, Response response) {
    log.error(
        "Trigger {} gives up event {} of {}: {} {}",
        trigger.name(),
        event.getId(),
        event.getSource(),
        response.status(),
        response.problem());
    advance(lane, () -> observer.lost(trigger, event, response));
  }

  /** The lane goes on even if the observer throws. */
  private void advance(Lane lane, Runnable tell) {
    try {
      tell.run();
    } finally {
      lanes.delivered(lane);
    }
  }
}
