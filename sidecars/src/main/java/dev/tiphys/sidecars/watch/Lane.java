package dev.tiphys.sidecars.watch;

import dev.tiphys.sidecars.publish.Answer;
import dev.tiphys.sidecars.publish.Delivery;
import dev.tiphys.sidecars.publish.Surroundings.Pause;
import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the messages of one run to one sink, one after another, until each is taken. */
final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  /** Messages that wait at most; what does not fit is offered again at a later look. */
  static final int CAPACITY = 1_000;

  /** How long a closed lane has to get rid of what waits; shorter than the watcher stays awake. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private static final Duration KEY_RETRY = Duration.ofSeconds(1);

  /** Empty: the end. */
  private final BlockingQueue<Optional<Message>> waiting = new ArrayBlockingQueue<>(CAPACITY);

  private final String run;
  private final Supplier<Optional<RunKeys>> keys;
  private final Delivery delivery;
  private final Pause pause;
  private final Thread thread;

  private Lane(String run, Supplier<Optional<RunKeys>> keys, Delivery delivery, Pause pause) {
    this.run = run;
    this.keys = keys;
    this.delivery = delivery;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("lane-" + run).unstarted(this::publish);
  }

  static Lane open(String run, Supplier<Optional<RunKeys>> keys, Delivery delivery, Pause pause) {
    Lane lane = new Lane(run, keys, delivery, pause);
    lane.thread.start();
    return lane;
  }

  /** False if it is full. */
  boolean offer(Message message) {
    return waiting.offer(Optional.of(message));
  }

  /** Nothing more comes. What waits is published while there is time, and then dropped. */
  @Override
  public void close() {
    // where it finds no room, the time to drain ends the lane
    waiting.offer(Optional.empty());
    Thread.ofVirtual().name("end-of-" + thread.getName()).start(this::end);
  }

  private void end() {
    try {
      if (!thread.join(DRAIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
    }
  }

  private void publish() {
    try {
      RunKeys its = keys();
      for (Optional<Message> next = waiting.take(); next.isPresent(); next = waiting.take()) {
        guarded(next.get(), its);
      }
    } catch (InterruptedException e) {
      LOG.warn("run {} is over, and not all that was to be told of it is published", run);
    }
  }

  /** One message that meets a fault of ours must not keep the others. */
  private void guarded(Message message, RunKeys its) throws InterruptedException {
    try {
      publish(message, its);
    } catch (RuntimeException e) {
      LOG.error("an event of run {} met a fault of ours", run, e);
    }
  }

  private void publish(Message message, RunKeys its) throws InterruptedException {
    CloudEvent event = message.signed(its);
    if (!(delivery.offer(event) instanceof Answer.Refused(int status))) {
      return;
    }
    LOG.error("{} is lost: {} refused it with HTTP {}", event.getId(), message.sink(), status);
    Optional<CloudEvent> standIn = message.standIn(its, status);
    if (standIn.isPresent()) {
      delivery.insist(standIn.get());
    }
  }

  private RunKeys keys() throws InterruptedException {
    Optional<RunKeys> found = find();
    while (found.isEmpty()) {
      pause.pause(KEY_RETRY);
      found = find();
    }
    return found.get();
  }

  private Optional<RunKeys> find() {
    try {
      return keys.get();
    } catch (RuntimeException e) {
      LOG.warn("run {} waits for the root key: {}", run, e.toString());
      return Optional.empty();
    }
  }
}
