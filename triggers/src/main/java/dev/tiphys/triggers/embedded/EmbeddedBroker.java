package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.FilterIndex;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.BrokerClosedException;
import dev.tiphys.triggers.delivery.Courier;
import dev.tiphys.triggers.delivery.Intake;
import dev.tiphys.triggers.delivery.Limits;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.delivery.Subscription;
import dev.tiphys.triggers.delivery.TimeToLive;
import io.cloudevents.CloudEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker in this process, in memory. Each Trigger delivers the events of one key (the {@code
 * partitionkey} attribute, else the source) one after another in the order of their publication;
 * other keys and other Triggers do not wait for that.
 *
 * <p>{@link #publish} completes when the event is in the lanes of all its Triggers, so a full lane
 * slows its publishers; cancelling takes the event out of lanes that have not admitted it yet, so
 * that a publisher that tries again later does not pile up events.
 *
 * <p>Replies wait for room like all others, but the lane that replied goes on meanwhile: were it to
 * wait, a reply to its own full lane, or a circle of full lanes, would stand still for ever. What
 * that could pile up is bounded by {@link Limits#waitingReplies}; above it a reply counts as a
 * failed delivery, which is tried again when others have made room.
 */
public final class EmbeddedBroker implements Broker, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int UNAVAILABLE = 503;

  private final BrokerEvents observer;
  private final Intake intake;
  private final Semaphore replyRoom;
  private final List<Subscription> subscriptions;
  private final FilterIndex<Subscription> index;
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile boolean closed;

  /**
   * A broker with these Triggers.
   *
   * @param subscribers finds what is behind an address; asked once for each Trigger, here
   * @throws IllegalArgumentException if two Triggers have the same name
   * @throws NullPointerException if there is nothing behind an address
   */
  public EmbeddedBroker(
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      Limits limits,
      BrokerEvents observer) {
    requireUniqueNames(triggers);
    Courier courier = new Courier(scheduler, observer, () -> closed);
    this.observer = observer;
    this.intake = new Intake(this::take, observer, () -> closed);
    this.replyRoom = new Semaphore(limits.waitingReplies());
    this.subscriptions =
        triggers.stream()
            .map(t -> new Subscription(t, subscribers, courier, this::reply, observer, limits))
            .toList();
    this.index = new FilterIndex<>(subscriptions, s -> s.trigger().filter());
  }

  /** A broker with the default limits. */
  public EmbeddedBroker(
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      BrokerEvents observer) {
    this(triggers, subscribers, scheduler, Limits.DEFAULT, observer);
  }

  private static void requireUniqueNames(List<Trigger> triggers) {
    Set<String> names = new HashSet<>();
    for (Trigger trigger : triggers) {
      if (!names.add(trigger.name())) {
        throw new IllegalArgumentException("two Triggers named " + trigger.name());
      }
    }
  }

  @Override
  public CompletableFuture<Void> publish(CloudEvent event) {
    return intake.publish(event);
  }

  private CompletableFuture<Void> take(CloudEvent event, TimeToLive timeToLive) {
    List<Subscription> matching = index.matching(event);
    observer.published(event, matching.size());
    return Publication.begin(event, timeToLive, matching, outstanding);
  }

  private Response reply(Response response, TimeToLive timeToLive) {
    CloudEvent reply = response.reply();
    if (!response.success() || reply == null) {
      return response;
    }
    if (!replyRoom.tryAcquire()) {
      return Response.problem(UNAVAILABLE, "no room for the reply");
    }
    CompletableFuture<Void> _ =
        intake.reply(reply, timeToLive).whenComplete((done, e) -> replyRoom.release());
    return response;
  }

  /**
   * Deliveries that have not ended, those that wait for another try too. At 0 nothing is under way:
   * a reply counts before what it answers ends.
   */
  public int outstanding() {
    return outstanding.get();
  }

  /**
   * Begins no further delivery; publications that wait fail with {@link BrokerClosedException}.
   * Does not wait for deliveries that are under way.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    int undelivered = subscriptions.stream().mapToInt(s -> s.lanes().close()).sum();
    if (undelivered > 0) {
      log.info("closed with {} deliveries outstanding", undelivered);
    }
  }
}
