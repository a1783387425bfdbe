package dev.tiphys.tests.bench;

import dev.tiphys.triggers.broker.Subscriber;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.UncheckedIOException;

/** No broker at all: a call for each event. */
final class DirectLap extends Lap {
  private final CloudEvent event = event();
  private final Subscriber subscriber =
      delivered -> {
        arrived();
        return Subscriber.Response.accepted();
      };

  @Override
  void send() {
    try {
      subscriber.deliver(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
