package dev.tiphys.cli.run;

import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.delivery.BrokerClosedException;
import dev.tiphys.triggers.http.HttpIngress;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The address of a local run's broker, which is shut to what nobody would react to. */
final class LocalIngress implements AutoCloseable {
  private final Broker broker;
  private final Predicate<CloudEvent> shut;
  private final AtomicInteger entering = new AtomicInteger();
  private final HttpIngress http;

  /**
   * Opens the address.
   *
   * @param gate judges events first
   * @param shut whether the event is not to be taken; asked again while it is counted as entering
   * @throws IOException if the port is taken
   */
  LocalIngress(
      Broker broker, HttpIngress.Options options, HttpIngress.Gate gate, Predicate<CloudEvent> shut)
      throws IOException {
    this.broker = broker;
    this.shut = shut;
    this.http = HttpIngress.start(this::take, options, gate);
  }

  URI uri() {
    return http.uri();
  }

  /** Events that are on their way into the broker, and do not count as its own yet. */
  int entering() {
    return entering.get();
  }

  /** One that is not counted when nothing is to be taken any more finds it shut. */
  private CompletionStage<Void> take(CloudEvent event) {
    entering.incrementAndGet();
    try {
      return shut.test(event)
          ? CompletableFuture.failedFuture(new BrokerClosedException())
          : broker.publish(event);
    } finally {
      entering.decrementAndGet();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
