package dev.tiphys.tests.bench;

import dev.tiphys.triggers.event.Attributes;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** So many events of one run, one way or another, with a bounded number of them under way. */
abstract class Lap implements AutoCloseable {
  static final int EVENTS = 1_000;

  /** Below the capacity of an embedded lane, so that no publisher waits in it. */
  private static final int IN_FLIGHT_MAX = 128;

  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);

  /** Nanoseconds until all have arrived. */
  final long run() throws InterruptedException {
    long begin = System.nanoTime();
    for (int n = 0; n < EVENTS; n++) {
      inFlight.acquire();
      send();
    }
    inFlight.acquire(IN_FLIGHT_MAX);
    inFlight.release(IN_FLIGHT_MAX);
    return System.nanoTime() - begin;
  }

  /** Sends one. */
  abstract void send();

  /** One has arrived. */
  final void arrived() {
    inFlight.release();
  }

  @Override
  public abstract void close();

  /** As a sidecar publishes them. */
  static CloudEvent event() {
    return CloudEventBuilder.v1()
        .withId("uid-7/watcher/stdout/1")
        .withSource(URI.create("/tiphys/coinflip/coinflip-1/flip-coin-x"))
        .withType("coin")
        .withExtension(Attributes.RUN, "coinflip-1")
        .withExtension(Attributes.PARTITION_KEY, "coinflip-1")
        .withExtension(Attributes.SEQUENCE, "0000000000000000001")
        .withData("application/json", "{\"content\":\"heads\"}".getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
