package dev.tiphys.cli.cluster;

import dev.tiphys.triggers.http.CloudEventRequest;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker at an address of this machine that remembers what it takes. */
final class TakingBroker implements AutoCloseable {
  private static final int MAX_BYTES = 1 << 20;

  private final List<CloudEvent> taken = new CopyOnWriteArrayList<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final HttpListener listener;
  private volatile int limit = Integer.MAX_VALUE;

  TakingBroker() throws IOException {
    listener =
        HttpListener.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            exchange ->
                switch (CloudEventRequest.read(exchange, MAX_BYTES)) {
                  case CloudEventRequest.Event(CloudEvent event) -> answer(event);
                  case CloudEventRequest.Refused(HttpAnswer refusal) -> refusal;
                });
  }

  private HttpAnswer answer(CloudEvent event) {
    if (taken.size() >= limit) {
      return HttpAnswer.unavailable("it ends");
    }
    if (refused.contains(event.getId())) {
      return HttpAnswer.problem(403, "not this one");
    }
    taken.add(event);
    return HttpAnswer.empty(202);
  }

  /** Lets it refuse the event with that id. */
  void refuse(String id) {
    refused.add(id);
  }

  /** Lets it take so many, and no more. */
  void endAfter(int events) {
    limit = events;
  }

  List<CloudEvent> taken() {
    return taken;
  }

  String option() {
    return "--broker-url=http://127.0.0.1:" + listener.address().getPort() + "/";
  }

  @Override
  public void close() {
    listener.close(Duration.ZERO);
  }
}
