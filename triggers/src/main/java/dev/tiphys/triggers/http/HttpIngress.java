package dev.tiphys.triggers.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiphys.triggers.broker.Broker;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker's address on this machine's loopback: takes CloudEvents by POST, in binary and in
 * structured mode, and answers 202 when the broker has taken responsibility. What it refuses it
 * explains in a problem document.
 */
public final class HttpIngress implements AutoCloseable {
  /** What a body may hold, in bytes, unless the options say otherwise. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  /** How long a publisher is kept waiting for room before it is sent away. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Requests that are read or wait at the same time. */
  private static final int MAX_REQUESTS = 512;

  /** Bytes of a body too large that are read and thrown away, so that its sender hears of it. */
  private static final long MAX_DISCARDED_BYTES = 16L << 20;

  private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);
  private static final Pattern PATH = Pattern.compile("/?|/[^/]+/[^/]+/?");
  private static final int ACCEPTED = 202;
  private static final int EMPTY = -1;
  private static final Logger log = LoggerFactory.getLogger(HttpIngress.class);

  static {
    // without it the JDK's server delays small answers by 40 ms; read once, at its first use
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * How an ingress is set up.
   *
   * @param port 0: any free one
   * @param maxBodyBytes above it: 413
   * @param deadline for the broker to take an event; after it: 503
   */
  public record Options(int port, int maxBodyBytes, Duration deadline) {
    public static final Options DEFAULT = new Options(0, MAX_BODY_BYTES, DEADLINE);
  }

  private final Broker broker;
  private final Options options;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore requests = new Semaphore(MAX_REQUESTS);
  private volatile boolean closing;

  private HttpIngress(Broker broker, Options options) throws IOException {
    this.broker = broker;
    this.options = options;
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 0);
  }

  /**
   * Opens the address.
   *
   * @throws IOException if the port is taken
   */
  public static HttpIngress start(Broker broker, Options options) throws IOException {
    HttpIngress ingress = new HttpIngress(broker, options);
    ingress.server.setExecutor(ingress.threads);
    ingress.server.createContext("/", ingress::handle);
    ingress.server.start();
    return ingress;
  }

  /** Where to post. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Optional<Problem> problem = problemWith(exchange);
      if (problem.isPresent()) {
        refuse(exchange, problem.get());
      } else {
        exchange.sendResponseHeaders(ACCEPTED, EMPTY);
      }
    } catch (IOException e) {
      log.debug("a publisher went away", e);
    }
  }

  private Optional<Problem> problemWith(HttpExchange exchange) throws IOException {
    if (!PATH.matcher(exchange.getRequestURI().getPath()).matches()) {
      return Optional.of(Problem.notFound());
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return Optional.of(Problem.methodNotAllowed());
    }
    if (closing) {
      return Optional.of(Problem.unavailable("the broker is closing"));
    }
    if (!requests.tryAcquire()) {
      return Optional.of(Problem.unavailable("too many requests at the same time"));
    }
    try {
      return take(exchange);
    } finally {
      requests.release();
    }
  }

  private Optional<Problem> take(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(options.maxBodyBytes());
    if (body.length == options.maxBodyBytes() && in.read() >= 0) {
      discard(in);
      return Optional.of(Problem.tooLarge(options.maxBodyBytes()));
    }
    return switch (HttpEvents.read(exchange.getRequestHeaders(), body)) {
      case Received.Event(CloudEvent event) -> publish(event);
      case Received.Other() -> Optional.of(Problem.notAnEvent());
      case Received.Malformed malformed -> Optional.of(Problem.malformed(malformed));
    };
  }

  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[8192];
    long discarded = 0;
    int n = 0;
    while (n >= 0 && discarded < MAX_DISCARDED_BYTES) {
      n = in.read(buffer);
      discarded += n;
    }
  }

  private Optional<Problem> publish(CloudEvent event) {
    CompletableFuture<Void> published = broker.publish(event).toCompletableFuture();
    try {
      published.get(options.deadline().toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      // the publisher will come again with it; so this one must not wait on
      boolean taken = !published.cancel(false) && !published.isCompletedExceptionally();
      return taken ? Optional.empty() : Optional.of(Problem.unavailable("the queues are full"));
    } catch (ExecutionException e) {
      log.debug("the broker did not take an event", e);
      return Optional.of(Problem.unavailable("the broker does not take events"));
    } catch (InterruptedException e) {
      published.cancel(false);
      return Optional.of(Problem.unavailable("the broker is closing"));
    }
  }

  private static void refuse(HttpExchange exchange, Problem problem) throws IOException {
    problem.headers().forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(problem.status(), EMPTY);
      return;
    }
    byte[] body = problem.body();
    exchange.getResponseHeaders().set("Content-Type", Problem.CONTENT_TYPE);
    exchange.sendResponseHeaders(problem.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  /** Refuses what comes, and gives what is under way a moment to end. */
  @Override
  public void close() {
    closing = true;
    server.stop((int) CLOSE_GRACE.toSeconds());
    threads.shutdownNow();
  }
}
