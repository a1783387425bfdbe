package dev.tiphys.triggers.contract;

import dev.tiphys.triggers.broker.Subscriber;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what it is sent, and answers as it is told to. */
public final class RecordingSubscriber implements Subscriber {
  /** How long a test waits for what must happen; on a cluster a restart takes a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Subscriber answers;
  private final List<CloudEvent> received = new ArrayList<>();

  private RecordingSubscriber(Subscriber answers) {
    this.answers = answers;
  }

  /** Takes everything. */
  public static RecordingSubscriber accepting() {
    return answering(event -> Response.accepted());
  }

  /** Answers as the other does. */
  public static RecordingSubscriber answering(Subscriber answers) {
    return new RecordingSubscriber(answers);
  }

  @Override
  public Response deliver(CloudEvent event) throws IOException {
    synchronized (received) {
      received.add(event);
      received.notifyAll();
    }
    try {
      return answers.deliver(event);
    } finally {
      // what a test waits for may be what the answer has left behind
      synchronized (received) {
        received.notifyAll();
      }
    }
  }

  /** All deliveries so far, repeated ones too. */
  public List<CloudEvent> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** All deliveries, as soon as there are that many. */
  public List<CloudEvent> await(int count) {
    return await(events -> events.size() >= count);
  }

  /** All deliveries, as soon as the condition holds. */
  public List<CloudEvent> await(Predicate<List<CloudEvent>> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (received) {
      while (!condition.test(received)) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw new AssertionError("still only received: " + received);
        }
        try {
          received.wait(millis);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      return List.copyOf(received);
    }
  }
}
