package dev.tiphys.sidecars.publish;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.publish.Outbox.Numbered;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one stream of events.
 *
 * <p>Every number from 1 to the marker's is acknowledged before the marker is sent, so a consumer
 * that has seen that many has seen all. An event that the sink refuses for good is given up, and a
 * stand-in without data takes its id and number: the stream has no gap, and the loss can be seen. A
 * stand-in or marker that is refused as well is tried until it is taken, since a sink that takes
 * not even those is set up wrongly, and throwing all events away would be the worse answer to that.
 *
 * <p>Events that a stop throws away never had a number; the marker says how many they were.
 */
public final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final StreamEvents events;
  private final Delivery delivery;
  private final Surroundings surroundings;
  private final Numbering numbering;
  private final Limits limits;
  private final Outbox outbox;
  private final Semaphore window;
  private final AtomicLong refused = new AtomicLong();
  private final CompletableFuture<Ending> done = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * How a stream has ended.
   *
   * @param published number of its last event
   * @param refused how many of these the sink refused, so that stand-ins took their place
   * @param discarded how many more were thrown away because of a stop
   */
  public record Ending(long published, long refused, long discarded) {}

  private Publisher(
      Contract contract,
      String stream,
      Numbering numbering,
      Transport transport,
      Surroundings surroundings) {
    this.surroundings = surroundings;
    this.numbering = numbering;
    this.limits = contract.limits();
    this.events = new StreamEvents(contract, stream);
    this.outbox = new Outbox(limits, numbering.first() - 1);
    this.window = new Semaphore(limits.window());
    this.delivery = Delivery.over(transport, limits, surroundings);
  }

  /**
   * A publisher at work.
   *
   * @param stream a name for the stream within its container, part of the events' ids
   */
  public static Publisher start(
      Contract contract, String stream, Transport transport, Surroundings surroundings) {
    return start(contract, stream, Numbering.FROM_ONE, transport, surroundings);
  }

  /** The same for a stream that goes on where an earlier life of the sidecar left it. */
  public static Publisher start(
      Contract contract,
      String stream,
      Numbering numbering,
      Transport transport,
      Surroundings surroundings) {
    Publisher publisher = new Publisher(contract, stream, numbering, transport, surroundings);
    publisher.threads.execute(publisher::run);
    return publisher;
  }

  /**
   * Queues an emission. Returns at once while there is room; when there is none, waits for it,
   * which slows the caller. After {@link #discard} or {@link #end} the emission is counted and
   * thrown away.
   */
  public void publish(Emission emission) throws InterruptedException {
    outbox.put(new Outbox.Entry(emission, surroundings.clock().instant()));
  }

  /** Whether {@link #publish} would return at once; nobody else is to publish meanwhile. */
  public boolean hasRoomFor(Emission emission) {
    return outbox.fits(emission);
  }

  /** Says that no more comes: what is queued is published, then the marker. */
  public void end() {
    outbox.end();
  }

  /** Throws away what is queued and what still comes, up to {@link #end}. */
  public void discard() {
    outbox.discard();
  }

  /**
   * Completes when the marker is acknowledged; exceptionally when closing gave up before. There is
   * no other limit of time, as a slow consumer may rightly hold the stream up.
   */
  public CompletableFuture<Ending> done() {
    return done.copy();
  }

  /**
   * Waits until the stream has ended, and no longer than that.
   *
   * @return whether all of it is acknowledged
   */
  public boolean endsWithin(Duration limit) throws InterruptedException {
    try {
      Ending ending = done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("ended: {}", ending);
      return true;
    } catch (TimeoutException e) {
      LOG.error("not all was acknowledged within {}", limit, e);
    } catch (ExecutionException e) {
      LOG.error("the stream was given up", e);
    }
    return false;
  }

  /** Ends the stream now and throws away what is queued. */
  @Override
  public void close() {
    close(OnStop.DISCARD);
  }

  /** Ends the stream now, and returns when all is acknowledged or the time for that is over. */
  public void close(OnStop queued) {
    if (queued == OnStop.DISCARD) {
      outbox.discard();
    }
    outbox.end();
    try {
      done.get(limits.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      giveUp(e);
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      giveUp(new TimeoutException("not acknowledged within " + limits.closeTimeout()));
    } catch (ExecutionException e) {
      LOG.debug("the stream had failed before it was closed", e);
    }
  }

  private void run() {
    try {
      publishAll();
      if (!limits.settle().isZero()) {
        surroundings.pause().pause(limits.settle());
      }
      Outbox.Tally tally = outbox.tally();
      delivery.insist(
          events.marker(tally.last(), tally.discarded(), surroundings.clock().instant()));
      finish(new Ending(tally.last(), refused.get(), tally.discarded()));
    } catch (InterruptedException | RuntimeException e) {
      giveUp(e);
    }
  }

  /** Returns when every event of the stream is acknowledged. */
  private void publishAll() throws InterruptedException {
    // a place in the window first: an event that is taken has its number and must be sent
    window.acquire();
    for (Optional<Numbered> next = outbox.take(); next.isPresent(); next = outbox.take()) {
      Numbered event = next.get();
      threads.execute(() -> send(event));
      window.acquire();
    }
    window.release();
    window.acquire(limits.window());
  }

  private void send(Numbered numbered) {
    try {
      CloudEvent event =
          events.event(numbered.number(), numbered.entry().emission(), numbered.entry().time());
      if (delivery.offer(event) instanceof Answer.Refused(int status)) {
        refused.incrementAndGet();
        LOG.error("{} is lost: the sink refused it with HTTP {}", event.getId(), status);
        delivery.insist(events.standIn(numbered.number(), numbered.entry().time(), status));
      }
      numbering.acknowledged().accept(numbered.number());
      window.release();
    } catch (InterruptedException | RuntimeException e) {
      giveUp(e);
    }
  }

  private void finish(Ending ending) {
    LOG.debug("stream ended: {}", ending);
    threads.shutdown();
    done.complete(ending);
  }

  /** From here on nothing is published, and the reader is not held up. */
  private void giveUp(Exception cause) {
    if (done.completeExceptionally(cause)) {
      LOG.error("stream given up: {}, {}", outbox.tally(), cause.toString());
    }
    outbox.discard();
    outbox.end();
    threads.shutdownNow();
  }
}
