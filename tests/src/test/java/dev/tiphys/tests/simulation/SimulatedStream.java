package dev.tiphys.tests.simulation;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.EventSidecar;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one sidecar of one instance publishes: numbered, signed, a few at a time, some of them
 * twice, and after the last is acknowledged the marker.
 */
final class SimulatedStream {
  private static final int NETWORK_MILLIS_MAX = 20;

  private final Instance.Identity by;
  private final EventSidecar sidecar;
  private final SigningKey key;
  private final Broker broker;
  private final Faults faults;
  private final PublishedEvents published;
  private final int window;
  private final Deque<String> queue = new ArrayDeque<>();
  private long sent;
  private int unacknowledged;
  private boolean ended;
  private boolean marked;
  private boolean gone;
  private boolean over;
  private long emitted;
  private long arrived;

  SimulatedStream(
      Instance.Identity by,
      EventSidecar sidecar,
      SigningKey key,
      Broker broker,
      Faults faults,
      PublishedEvents published) {
    this.by = by;
    this.sidecar = sidecar;
    this.key = key;
    this.broker = broker;
    this.faults = faults;
    this.published = published;
    this.window = faults.random().nextInt(1, 4);
  }

  /** Whether its queue is as full as a pipe that makes the task wait. */
  boolean full() {
    return queue.size() >= 10;
  }

  void emit(String content) {
    if (!ended) {
      emitted++;
      queue.add(content);
      pump();
    }
  }

  void end() {
    ended = true;
    pump();
  }

  void discard() {
    emitted -= queue.size();
    queue.clear();
  }

  /** The sidecar is killed for good. */
  void cut() {
    gone = true;
  }

  /** Whether no end of it has come, nor ever will. */
  boolean cutOff() {
    return gone && !over;
  }

  /** How many events nobody will ever hear of. */
  long lost() {
    return gone ? emitted - arrived : 0;
  }

  private void pump() {
    while (unacknowledged < window && !queue.isEmpty()) {
      send(event(++sent, queue.remove()));
    }
    if (ended && !marked && unacknowledged == 0) {
      marked = true;
      send(marker());
    }
  }

  private void send(CloudEvent event) {
    unacknowledged++;
    AtomicBoolean first = new AtomicBoolean(true);
    if (faults.strike()) {
      faults.time().runWithin(NETWORK_MILLIS_MAX * 10, () -> arrive(event, first));
    }
    faults
        .time()
        .runWithin(
            NETWORK_MILLIS_MAX,
            () ->
                arrive(event, first)
                    .thenRun(
                        () -> faults.time().runWithin(NETWORK_MILLIS_MAX, this::acknowledged)));
  }

  private CompletionStage<Void> arrive(CloudEvent event, AtomicBoolean first) {
    if (gone) {
      return new CompletableFuture<>();
    }
    if (first.getAndSet(false)) {
      boolean marker = Position.endsStream(event);
      over |= marker;
      arrived += marker ? 0 : 1;
    }
    published.add(event);
    return broker.publish(event);
  }

  private void acknowledged() {
    unacknowledged--;
    pump();
  }

  private CloudEvent event(long number, String content) {
    return key.sign(
        builder(number)
            .withId(by.name() + "/" + sidecar.name() + "/" + number)
            .withData(
                "application/json",
                "{\"%s\": \"%s\"}".formatted(field(), content).getBytes(StandardCharsets.UTF_8))
            .build());
  }

  private String field() {
    return sidecar instanceof EventSidecar.LifecycleWatcher ? "state" : "content";
  }

  private CloudEvent marker() {
    return key.sign(
        builder(sent)
            .withId(by.name() + "/" + sidecar.name() + "/end")
            .withExtension(Attributes.END_OF_STREAM, "true")
            .build());
  }

  private CloudEventBuilder builder(long number) {
    StreamSource source = new StreamSource(by.workflow(), by.run(), by.name(), sidecar.name());
    return CloudEventBuilder.v1()
        .withSource(source.uri())
        .withType(sidecar.eventType())
        .withTime(faults.time().instant().atOffset(ZoneOffset.UTC))
        .withExtension(Attributes.RUN, by.run())
        .withExtension(Attributes.TASK, by.task())
        .withExtension(Attributes.PARTITION_KEY, by.run())
        .withExtension(
            Attributes.SEQUENCE, new Position(source.uri().toString(), number).attribute());
  }
}
