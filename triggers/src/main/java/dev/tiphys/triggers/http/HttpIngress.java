package dev.tiphys.triggers.http;

import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.triggers.broker.Broker;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker's address, on this machine's loopback unless others are to reach it: takes CloudEvents
 * by POST, in binary and in structured mode, and answers 202 when the broker has taken
 * responsibility. What it refuses it explains in a problem document. On the loopback it refuses
 * pages of other sites ({@link LocalAuthority}).
 */
public final class HttpIngress implements AutoCloseable {
  /** What a body may hold, in bytes, unless the options say otherwise. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  /** How long a publisher is kept waiting for room before it is sent away. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);
  private static final Pattern PATH = Pattern.compile("/?|/[^/]+/[^/]+/?");
  private static final String LOOPBACK = "127.0.0.1";
  private static final int ACCEPTED = 202;
  private static final Logger log = LoggerFactory.getLogger(HttpIngress.class);

  /**
   * How an ingress is set up.
   *
   * @param port 0: any free one
   * @param maxBodyBytes above it: 413
   * @param deadline for the broker to take an event; after it: 503
   * @param names host names by which this machine is reached, beside those of its loopback
   */
  public record Options(int port, int maxBodyBytes, Duration deadline, Set<String> names) {
    public static final Options DEFAULT = new Options(0, MAX_BODY_BYTES, DEADLINE);

    public Options {
      names = Set.copyOf(names);
    }

    /** No further names. */
    public Options(int port, int maxBodyBytes, Duration deadline) {
      this(port, maxBodyBytes, deadline, Set.of());
    }
  }

  /** Judges events before they are published. */
  @FunctionalInterface
  public interface Gate {
    /** Lets all pass. */
    Gate OPEN = event -> Optional.empty();

    /** The answer to an event that is not to be published; empty for one that is. */
    Optional<HttpAnswer> refusal(CloudEvent event);
  }

  private final Broker broker;
  private final Options options;
  private final Gate gate;
  private final @Nullable LocalAuthority authority;
  private final HttpListener listener;

  private HttpIngress(
      Broker broker,
      Options options,
      Gate gate,
      @Nullable LocalAuthority authority,
      InetSocketAddress address)
      throws IOException {
    this.broker = broker;
    this.options = options;
    this.gate = gate;
    this.authority = authority;
    this.listener = HttpListener.open(address, this::answer);
  }

  /**
   * Opens the address.
   *
   * @throws IOException if the port is taken
   */
  public static HttpIngress start(Broker broker, Options options) throws IOException {
    return start(broker, options, Gate.OPEN);
  }

  /**
   * Opens the address, with somebody who judges each event.
   *
   * @throws IOException if the port is taken
   */
  public static HttpIngress start(Broker broker, Options options, Gate gate) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), options.port());
    return new HttpIngress(broker, options, gate, new LocalAuthority(options.names()), address);
  }

  /**
   * Opens one that other machines reach: the options' port on all of this one's addresses.
   *
   * @throws IOException if the port is taken
   */
  public static HttpIngress startForAll(Broker broker, Options options) throws IOException {
    InetSocketAddress address = new InetSocketAddress(options.port());
    return new HttpIngress(broker, options, Gate.OPEN, null, address);
  }

  /** Where to post, from this machine. */
  public URI uri() {
    return URI.create("http://" + LOOPBACK + ":" + listener.address().getPort() + "/");
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException {
    Optional<HttpAnswer> foreign =
        authority == null ? Optional.empty() : authority.refusal(exchange);
    return foreign.isPresent() ? foreign.get() : take(exchange);
  }

  private HttpAnswer take(HttpExchange exchange) throws IOException {
    if (!PATH.matcher(exchange.getRequestURI().getPath()).matches()) {
      return HttpAnswer.problem(404, "no such broker: post to / or to /{namespace}/{broker}");
    }
    return switch (CloudEventRequest.read(exchange, options.maxBodyBytes())) {
      case CloudEventRequest.Event(CloudEvent event) ->
          gate.refusal(event).orElseGet(() -> publish(event));
      case CloudEventRequest.Refused(HttpAnswer refusal) -> refusal;
    };
  }

  private HttpAnswer publish(CloudEvent event) {
    CompletableFuture<Void> published = broker.publish(event).toCompletableFuture();
    try {
      published.get(options.deadline().toMillis(), TimeUnit.MILLISECONDS);
      return HttpAnswer.empty(ACCEPTED);
    } catch (TimeoutException e) {
      // the publisher will come again with it; so this one must not wait on
      boolean taken = !published.cancel(false) && !published.isCompletedExceptionally();
      return taken ? HttpAnswer.empty(ACCEPTED) : HttpAnswer.unavailable("the queues are full");
    } catch (ExecutionException e) {
      log.debug("the broker did not take an event", e);
      return HttpAnswer.unavailable("the broker does not take events");
    } catch (InterruptedException e) {
      published.cancel(false);
      return HttpAnswer.unavailable("the broker is closing");
    }
  }

  /** Refuses what comes, and gives what is under way a moment to end. */
  @Override
  public void close() {
    listener.close(CLOSE_GRACE);
  }
}
