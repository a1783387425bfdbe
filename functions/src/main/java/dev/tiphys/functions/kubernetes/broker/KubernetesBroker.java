package dev.tiphys.functions.kubernetes.broker;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.FilterIndex;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.delivery.Courier;
import dev.tiphys.triggers.delivery.Entry;
import dev.tiphys.triggers.delivery.Intake;
import dev.tiphys.triggers.delivery.Limits;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.delivery.StoredReplies;
import dev.tiphys.triggers.delivery.Subscription;
import dev.tiphys.triggers.delivery.TimeToLive;
import io.cloudevents.CloudEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker whose events the API server keeps, as objects of kind {@code Event}. {@link #publish}
 * completes when the event is stored. It is delivered from here, and what other processes store is
 * seen by a watch. Each Trigger that is done with an event is noted in its status: a restart loses
 * nothing, and delivers again what was not noted yet. What all are done with goes after a while.
 *
 * <p>The events of one key that this process publishes keep their order; after a restart that of
 * their publication. One process at a time is to run for a broker: two would deliver all twice.
 */
public final class KubernetesBroker implements Broker, AutoCloseable {
  /** Label of an event's object: the broker that it was published to. */
  public static final String LABEL = Marks.GROUP + "/broker";

  /** Of an event's data: the largest that fits into an object in whatever form. */
  public static final int MAX_BODY_BYTES = 512 * 1024;

  private static final Logger log = LoggerFactory.getLogger(KubernetesBroker.class);

  /** Deliveries of one Trigger at a time. The number of events is bounded by what is stored. */
  private static final Limits LANES = new Limits(Integer.MAX_VALUE, 1024, 1);

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final BrokerSettings settings;
  private final BrokerEvents observer;
  private final Intake intake;
  private final Scheduler scheduler;
  private final EventStore store;
  private final List<Subscription> subscriptions;
  private final FilterIndex<Subscription> index;
  private final Progress progress;
  private final SharedIndexInformer<EventObject> informer;
  private volatile boolean closed;

  private KubernetesBroker(
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      KubernetesClient client,
      BrokerSettings settings,
      BrokerEvents observer) {
    this.intake = new Intake(this::keep, observer, () -> closed);
    Courier courier = new Courier(scheduler, observer, () -> closed);
    StoredReplies replies = new StoredReplies(intake);
    this.settings = settings;
    this.observer = observer;
    this.scheduler = scheduler;
    this.store = new EventStore(client, settings);
    this.subscriptions =
        triggers.stream()
            .map(t -> new Subscription(t, subscribers, courier, replies, observer, LANES))
            .toList();
    this.index = new FilterIndex<>(subscriptions, s -> s.trigger().filter());
    this.progress = new Progress(settings);
    store.list().forEach(this::take);
    this.informer = store.show(new Handler());
    scheduler.runAfter(SWEEP, this::sweep);
  }

  /**
   * Opens a broker with these Triggers, whose names are unique. One that was open before with the
   * same name goes on where that ended.
   *
   * @param subscribers finds what is behind an address; asked once for each Trigger, here
   * @throws KubernetesClientException if the API server does not answer, or forbids what is needed
   * @throws NullPointerException if there is nothing behind an address
   */
  public static KubernetesBroker open(
      List<Trigger> triggers,
      Function<Trigger.Address, Subscriber> subscribers,
      Scheduler scheduler,
      KubernetesClient client,
      BrokerSettings settings,
      BrokerEvents observer) {
    return new KubernetesBroker(triggers, subscribers, scheduler, client, settings, observer);
  }

  /** Fails when what others store is seen no more: only a restart helps. */
  public CompletableFuture<Void> failed() {
    return informer
        .stopped()
        .toCompletableFuture()
        .thenRun(
            () -> {
              if (!closed) {
                throw new IllegalStateException("the watch of events has ended");
              }
            });
  }

  @Override
  public CompletableFuture<Void> publish(CloudEvent event) {
    return progress.full()
        ? CompletableFuture.failedFuture(
            new IllegalStateException(settings.open() + " events wait to be delivered"))
        : intake.publish(event);
  }

  private CompletableFuture<Void> keep(CloudEvent event, TimeToLive timeToLive) {
    int triggers = index.matching(event).size();
    observer.published(event, triggers);
    if (triggers == 0) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> stored = new CompletableFuture<>();
    scheduler.run(() -> store(timeToLive.stamp(event), stored));
    return stored;
  }

  private void store(CloudEvent event, CompletableFuture<Void> stored) {
    try {
      EventObject object = store.create(event);
      if (object != null) {
        take(object);
      }
      stored.complete(null);
    } catch (RuntimeException e) {
      stored.completeExceptionally(e);
    }
  }

  /** Begins to deliver it, unless that was begun before. */
  private void take(EventObject object) {
    Optional<CloudEvent> read = StoredEvent.read(object);
    if (read.isEmpty()) {
      return;
    }
    String name = object.getMetadata().getName();
    TimeToLive timeToLive = TimeToLive.stamped(read.get());
    CloudEvent event = TimeToLive.strip(read.get());
    Set<String> done = StoredEvent.done(object);
    List<Subscription> open =
        index.matching(event).stream().filter(s -> !done.contains(s.trigger().name())).toList();
    List<String> names = open.stream().map(s -> s.trigger().name()).toList();
    if (progress.begin(name, names)) {
      open.forEach(s -> s.lanes().add(new Entry(event, timeToLive, new Delivering(name, s))));
    }
  }

  /** Until it is noted, a restart would deliver once more. */
  private void note(String name, String trigger, boolean last) {
    if (closed) {
      return;
    }
    try {
      store.done(name, trigger, last ? Instant.now() : null);
    } catch (KubernetesClientException e) {
      if (!closed) {
        log.warn("Trigger {} is done with {}, to be noted later: {}", trigger, name, e.toString());
        scheduler.runAfter(AGAIN, () -> note(name, trigger, last));
      }
    }
  }

  private void sweep() {
    if (closed) {
      return;
    }
    try {
      for (String name : progress.expired(Instant.now())) {
        // where there is one, the watch tells that it is gone, after all that it tells of it before
        if (!store.delete(name)) {
          progress.gone(name);
        }
      }
    } catch (KubernetesClientException e) {
      if (!closed) {
        log.warn("events that are done with cannot be deleted now: {}", e.toString());
      }
    }
    scheduler.runAfter(SWEEP, this::sweep);
  }

  /**
   * Begins no further delivery. Does not wait for deliveries that are under way: they are begun
   * again by the next one.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    informer.stop();
    subscriptions.forEach(s -> s.lanes().close());
  }

  /** One event in the lane of one Trigger. */
  private final class Delivering implements Entry.Sender {
    private final String name;
    private final String trigger;

    Delivering(String name, Subscription subscription) {
      this.name = name;
      this.trigger = subscription.trigger().name();
    }

    @Override
    public void ended() {
      boolean last = progress.end(name, trigger, Instant.now());
      scheduler.run(() -> note(name, trigger, last));
    }

    @Override
    public boolean insists() {
      return true;
    }
  }

  private final class Handler implements ResourceEventHandler<EventObject> {
    @Override
    public void onAdd(EventObject object) {
      take(object);
    }

    @Override
    public void onUpdate(EventObject before, EventObject object) {
      take(object);
    }

    @Override
    public void onDelete(EventObject object, boolean lastStateUnknown) {
      progress.gone(object.getMetadata().getName());
    }
  }
}
