package dev.tiphys.sidecars.publish;

import dev.tiphys.triggers.event.Position;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/**
 * A sink whose faults are told in advance: for each post, the status; 0 and -1 are lost answers.
 */
public final class FakeSink implements Transport {
  /** No answer, and the event did not arrive. */
  public static final int LOST_REQUEST = 0;

  /** No answer, but the event arrived. */
  public static final int LOST_ACKNOWLEDGEMENT = -1;

  private final IntUnaryOperator faults;
  private final List<CloudEvent> taken = new ArrayList<>();
  private int posts;
  private int open;
  private int mostOpen;

  /** The status of each post, counted from 0. */
  public FakeSink(IntUnaryOperator faults) {
    this.faults = faults;
  }

  /** One that takes everything. */
  public static FakeSink healthy() {
    return new FakeSink(post -> 202);
  }

  @Override
  public int post(CloudEvent event) throws IOException {
    int status = arrive(event);
    LockSupport.parkNanos(1); // lets others in, so that posts overlap where they may
    leave();
    if (status == LOST_REQUEST || status == LOST_ACKNOWLEDGEMENT) {
      throw new IOException("connection reset");
    }
    return status;
  }

  private synchronized int arrive(CloudEvent event) {
    int status = faults.applyAsInt(posts++);
    mostOpen = Math.max(mostOpen, ++open);
    if (status == LOST_ACKNOWLEDGEMENT || (status >= 200 && status < 300)) {
      taken.add(event);
    }
    return status;
  }

  private synchronized void leave() {
    open--;
  }

  /** What arrived, repeats included. */
  public synchronized List<CloudEvent> taken() {
    return List.copyOf(taken);
  }

  /** What arrived, each id once, without the marker. */
  public List<CloudEvent> events() {
    List<String> ids = new ArrayList<>();
    return taken().stream()
        .filter(event -> !Position.endsStream(event))
        .filter(event -> !ids.contains(event.getId()) && ids.add(event.getId()))
        .toList();
  }

  /** The end-of-stream marker; there has to be one, last of all. */
  public CloudEvent marker() {
    CloudEvent last = taken().getLast();
    if (!Position.endsStream(last)) {
      throw new AssertionError("the last event is no marker: " + last);
    }
    return last;
  }

  /** How many posts there were at most at a time. */
  public synchronized int mostOpen() {
    return mostOpen;
  }

  public synchronized int posts() {
    return posts;
  }
}
