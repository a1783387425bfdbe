package dev.tiphys.sidecars.proxy;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpEvents;
import dev.tiphys.triggers.http.Received;
import dev.tiphys.triggers.plan.Proxied.Events;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker that a proxy is to the other sidecars of its task: takes their signed events, each
 * once, and acknowledges one when it is kept. Whoever else reaches the port is refused.
 */
final class Taking {
  private static final Logger LOG = LoggerFactory.getLogger(Taking.class);
  private static final int ACCEPTED = 202;

  private final ProxyStream stream;
  private final SigningKey key;
  private final Contributions contributions;
  private final InstantSource clock;

  Taking(ProxyStream stream, SigningKey key, Events settings, InstantSource clock) {
    this.stream = stream;
    this.key = key;
    this.contributions = new Contributions(settings);
    this.clock = clock;
  }

  /** The streams of those sidecars. */
  static List<String> sources(Events settings, Contract contract) {
    var origin = contract.origin();
    return settings.sidecars().stream()
        .map(
            sidecar ->
                new StreamSource(origin.workflow(), origin.run(), origin.instance(), sidecar))
        .map(source -> source.uri().toString())
        .toList();
  }

  /** The answer to a message. */
  HttpAnswer answer(Map<String, List<String>> headers, byte[] body) throws InterruptedException {
    return switch (HttpEvents.read(headers, body)) {
      case Received.Event(CloudEvent event) -> take(event);
      case Received.Other() -> HttpAnswer.problem(400, "not a CloudEvent");
      case Received.Malformed(int status, String detail) -> HttpAnswer.problem(status, detail);
    };
  }

  private HttpAnswer take(CloudEvent event) throws InterruptedException {
    Optional<Position> position = Position.of(event);
    if (position.isEmpty() || !stream.expects(position.get().stream()) || !signed(event)) {
      return HttpAnswer.problem(
          403, "only this task's sidecars publish here, each signed with its own key");
    }
    try {
      stream.enter(entry(event, position.get()));
      return HttpAnswer.empty(ACCEPTED);
    } catch (IOException e) {
      LOG.error("an event cannot be kept", e);
      return HttpAnswer.unavailable("the event cannot be kept");
    }
  }

  /** With the key of the container and type that it names. */
  private boolean signed(CloudEvent event) {
    return StreamSource.parse(event.getSource().toString())
        .map(source -> key.ofFeeder(source.container(), event.getType()))
        .filter(feeder -> feeder.hasSigned(event))
        .isPresent();
  }

  private Entry entry(CloudEvent event, Position position) {
    if (Position.endsStream(event)) {
      return new Entry.Ended(position.stream(), position.sequence());
    }
    Instant at = clock.instant();
    return new Entry.Taken(
        position.stream(), position.sequence(), at, contributions.of(event, at).orElse(null));
  }
}
