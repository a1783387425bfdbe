package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Trigger at work: its lanes, its Subscriber, its dead-letter sink. */
public final class Subscription {
  /** Publishes what a Subscriber replied; the answer it gives counts as the Subscriber's. */
  public interface Replies {
    Response publish(Response response, TimeToLive timeToLive);
  }

  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  /** Before a dead-letter sink that did not take an event is asked again. */
  private static final Duration SINK_PAUSE = Duration.ofSeconds(1);

  private final Trigger trigger;
  private final Subscriber subscriber;
  private final Optional<Subscriber> deadLetterSink;
  private final Courier courier;
  private final Replies replies;
  private final BrokerEvents observer;
  private final Lanes lanes;

  /**
   * A Trigger's.
   *
   * @param subscribers finds what is behind an address; asked here
   * @throws NullPointerException if there is nothing behind an address
   */
  public Subscription(
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

  /** Whose this is. */
  public Trigger trigger() {
    return trigger;
  }

  /** Where its events go in. */
  public Lanes lanes() {
    return lanes;
  }

  private void begin(Lane lane, Entry entry) {
    if (entry.sender().begin()) {
      courier.deliver(
          new Parcel(trigger, subscriber, entry.event()),
          response -> replies.publish(response, entry.timeToLive()),
          response -> end(lane, entry, response));
    } else {
      courier.later(Duration.ZERO, () -> lanes.delivered(lane));
    }
  }

  private void end(Lane lane, Entry entry, Response response) {
    if (response.success()) {
      advance(lane, entry, () -> observer.delivered(trigger, entry.event(), response));
    } else {
      deadLetterSink.ifPresentOrElse(
          sink -> deadLetter(sink, lane, entry, response), () -> lose(lane, entry, response));
    }
  }

  private void deadLetter(Subscriber sink, Lane lane, Entry entry, Response response) {
    courier.deliver(
        new Parcel(trigger, sink, DeadLetter.of(entry.event(), trigger, response)),
        UnaryOperator.identity(),
        taken -> {
          if (taken.success()) {
            advance(lane, entry, () -> observer.deadLettered(trigger, entry.event(), response));
            return;
          }
          log.error("the dead-letter sink of Trigger {}: {}", trigger.name(), taken.problem());
          if (entry.sender().insists()) {
            courier.later(SINK_PAUSE, () -> deadLetter(sink, lane, entry, response));
          } else {
            lose(lane, entry, response);
          }
        });
  }

  private void lose(Lane lane, Entry entry, Response response) {
    log.error(
        "Trigger {} gives up event {} of {}: {} {}",
        trigger.name(),
        entry.event().getId(),
        entry.event().getSource(),
        response.status(),
        response.problem());
    advance(lane, entry, () -> observer.lost(trigger, entry.event(), response));
  }

  /** The lane goes on even if the observer throws. */
  private void advance(Lane lane, Entry entry, Runnable tell) {
    try {
      tell.run();
    } finally {
      entry.sender().ended();
      lanes.delivered(lane);
    }
  }
}
