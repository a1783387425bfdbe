package dev.tiphys.tests.simulation;

import dev.tiphys.tests.simulation.Scenario.Sender;
import dev.tiphys.triggers.broker.Broker;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** Those who publish from outside, and keep what the broker has taken of them. */
record Outsiders(
    Broker broker, PublishedEvents accepted, VirtualTime time, RandomGenerator random) {
  private static final int AGAIN_MILLIS_MAX = 3_000;
  private static final int LATE_MILLIS_MAX = 120_000;

  /** Events of one are delivered in order. */
  private static final int SOURCES = 6;

  void send(Sender sender) {
    for (int n = 1; n <= sender.events(); n++) {
      String id = sender.type() + "-" + sender.begin() + "-" + n;
      time.runAfter(
          Duration.ofMillis(sender.begin()),
          () -> time.runWithin(sender.span(), () -> send(event(sender, id))));
    }
  }

  /** Once, and perhaps again soon, and much later. */
  private void send(CloudEvent event) {
    publish(event);
    if (random.nextInt(4) == 0) {
      time.runWithin(AGAIN_MILLIS_MAX, () -> publish(event));
    }
    if (random.nextInt(8) == 0) {
      time.runWithin(LATE_MILLIS_MAX, () -> publish(event));
    }
  }

  private void publish(CloudEvent event) {
    broker.publish(event).thenRun(() -> accepted.add(event));
  }

  /** Anybody may write any time into an event, or none. */
  private CloudEvent event(Sender sender, String id) {
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(URI.create("/outside/" + random.nextInt(SOURCES)))
            .withType(sender.type());
    if (!sender.contents().isEmpty()) {
      String content = sender.contents().get(random.nextInt(sender.contents().size()));
      event.withData("application/json", content.getBytes(StandardCharsets.UTF_8));
    }
    Duration old =
        switch (random.nextInt(8)) {
          case 0 -> Duration.ofDays(-1);
          case 1, 2 -> Duration.ofMillis(random.nextInt(1_000));
          default -> Duration.ZERO;
        };
    return random.nextInt(8) == 0
        ? event.build()
        : event.withTime(time.instant().minus(old).atOffset(ZoneOffset.UTC)).build();
  }
}
