package dev.tiphys.sidecars.proxy;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.publish.Emission;
import dev.tiphys.sidecars.publish.Numbering;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of events that a proxy publishes. What happens is written to the journal first, then
 * answered for, then published; so a next life publishes the same again with the same numbers.
 */
final class ProxyStream {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyStream.class);

  /** Part of the events' ids. */
  private static final String NAME = "proxy";

  private final Journal journal;
  private final Passage passage;
  private final Publisher publisher;
  private final OnStop onStop;

  /** What the sink has. The publisher's thread must not wait for who is publishing. */
  private final AtomicLong acknowledged;

  private ProxyStream(
      Memory memory,
      OnStop onStop,
      Contract contract,
      Transport transport,
      Surroundings surroundings) {
    this.journal = memory.journal();
    this.passage = memory.passage();
    this.onStop = onStop;
    this.acknowledged = new AtomicLong(passage.acknowledged());
    this.publisher =
        Publisher.start(
            contract,
            NAME,
            new Numbering(passage.acknowledged() + 1, acknowledged::set),
            transport,
            surroundings);
  }

  /** What a proxy knows of its earlier lives, and how it keeps that. */
  record Memory(Journal journal, Passage passage) {}

  /** Publishes what an earlier life has left, and is then ready for more. */
  static ProxyStream start(
      Memory memory,
      OnStop onStop,
      Contract contract,
      Transport transport,
      Surroundings surroundings)
      throws InterruptedException {
    ProxyStream stream = new ProxyStream(memory, onStop, contract, transport, surroundings);
    if (memory.passage().stopped()) {
      stream.publisher.discard();
    }
    for (Passage.Result result : memory.passage().waiting()) {
      stream.publisher.publish(Emission.ofJson(result.data()));
    }
    stream.endWhenOver();
    return stream;
  }

  Publisher publisher() {
    return publisher;
  }

  boolean expects(String source) {
    return passage.expects(source);
  }

  /** Keeps it and publishes what comes of it; waits where there is no room. */
  synchronized void enter(Entry entry) throws IOException, InterruptedException {
    keepAcknowledged();
    journal.add(entry, passage);
    for (Passage.Result result : passage.apply(entry)) {
      publisher.publish(Emission.ofJson(result.data()));
    }
    endWhenOver();
  }

  /** The same, if it can be published without waiting; false if not, and then nothing happens. */
  synchronized boolean offer(String data) throws IOException, InterruptedException {
    boolean room = publisher.hasRoomFor(Emission.ofJson(data));
    if (room) {
      enter(new Entry.Observed(data));
    }
    return room;
  }

  /** Closes the windows whose time is over. */
  synchronized void expire(Instant now) throws IOException, InterruptedException {
    if (passage.expires(now)) {
      enter(new Entry.Expired(now));
    }
  }

  /** Says that the task is being stopped. */
  void stopped() {
    if (onStop == OnStop.DISCARD) {
      // first: somebody may hold the lock and wait for room
      publisher.discard();
      keepStopped();
    }
  }

  private synchronized void keepStopped() {
    try {
      journal.add(new Entry.Stopped(), passage);
    } catch (IOException e) {
      LOG.warn("a next life will not know of the stop: {}", e.toString());
    }
    passage.apply(new Entry.Stopped());
  }

  private void keepAcknowledged() throws IOException {
    long now = acknowledged.get();
    if (now > passage.acknowledged()) {
      Entry entry = new Entry.Acknowledged(now);
      journal.add(entry, passage);
      passage.apply(entry);
    }
  }

  private void endWhenOver() {
    if (passage.over()) {
      publisher.end();
    }
  }
}
