package dev.tiphys.triggers.embedded;

import dev.tiphys.triggers.delivery.BrokerClosedException;
import dev.tiphys.triggers.delivery.Entry;
import dev.tiphys.triggers.delivery.Subscription;
import dev.tiphys.triggers.delivery.TimeToLive;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event's way into the lanes of all Triggers that it concerns; complete when it is in all of
 * them. Cancelling takes it out where it still waits.
 */
final class Publication extends CompletableFuture<Void> implements Entry.Sender {
  private final Entry entry;
  private final List<Subscription> subscriptions;
  private final AtomicInteger missing;
  private final AtomicInteger outstanding;

  private Publication(
      CloudEvent event,
      TimeToLive timeToLive,
      List<Subscription> subscriptions,
      AtomicInteger outstanding) {
    this.outstanding = outstanding;
    this.entry = new Entry(event, timeToLive, this);
    this.subscriptions = subscriptions;
    this.missing = new AtomicInteger(subscriptions.size());
  }

  /**
   * Puts the event on its way.
   *
   * @param outstanding deliveries that have not ended, of the whole broker: counts those of this
   */
  static Publication begin(
      CloudEvent event,
      TimeToLive timeToLive,
      List<Subscription> subscriptions,
      AtomicInteger outstanding) {
    Publication publication = new Publication(event, timeToLive, subscriptions, outstanding);
    outstanding.addAndGet(subscriptions.size());
    subscriptions.forEach(s -> s.lanes().add(publication.entry));
    if (subscriptions.isEmpty()) {
      publication.complete(null);
    }
    return publication;
  }

  /** One more lane has it. */
  @Override
  public void admitted() {
    if (missing.decrementAndGet() == 0) {
      complete(null);
    }
  }

  @Override
  public void refused() {
    outstanding.decrementAndGet();
    completeExceptionally(new BrokerClosedException());
  }

  @Override
  public void ended() {
    outstanding.decrementAndGet();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      for (Subscription subscription : subscriptions) {
        if (subscription.lanes().withdraw(entry)) {
          outstanding.decrementAndGet();
        }
      }
    }
    return cancelled;
  }
}
