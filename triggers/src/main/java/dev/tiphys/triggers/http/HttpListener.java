package dev.tiphys.triggers.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP server, the way all of the project's servers want it: exchanges on virtual
 * threads, a bounded number of them, and an end that waits for those that are under way. A request
 * is under way when it has come whole; those that are still coming are bounded by themselves, so
 * that clients which never send the rest take no place from others.
 */
public final class HttpListener {
  /** Exchanges under way at once; what comes above is answered with 503. */
  private static final int MAX_EXCHANGES = 512;

  /** Requests that have not come whole, at once; above it the oldest is cut off. */
  private static final int MAX_RECEIVING = 512;

  /** How long a client may take to send one request, in seconds; then it is cut off. */
  private static final int MAX_REQUEST_SECONDS = 10;

  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

  static {
    // The server reads these once, when its classes load; without the first, an answer of header
    // and body waits 40 ms for a delayed acknowledgement.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.maxReqTime", Integer.toString(MAX_REQUEST_SECONDS));
    // of what has been answered it keeps 200 otherwise, and cuts off others that come again
    setDefault("sun.net.httpserver.maxIdleConnections", Integer.toString(MAX_EXCHANGES));
  }

  private final HttpServer server;
  private final Responder responder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore exchanges = new Semaphore(MAX_EXCHANGES);
  private final Receiving receiving = new Receiving(MAX_RECEIVING);
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Answers requests. */
  @FunctionalInterface
  public interface Responder {
    /**
     * The answer to one request.
     *
     * @throws IOException if the client has gone
     * @throws InterruptedException if the listener closes and its grace is over
     */
    HttpAnswer answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private HttpListener(InetSocketAddress address, Responder responder) throws IOException {
    this.responder = responder;
    this.server = HttpServer.create(address, MAX_EXCHANGES);
  }

  /**
   * Listens, and has every request answered.
   *
   * @param address port 0 chooses a free one
   * @throws IOException if the address is taken
   */
  public static HttpListener open(InetSocketAddress address, Responder responder)
      throws IOException {
    HttpListener listener = new HttpListener(address, responder);
    listener.server.setExecutor(
        exchange -> listener.threads.execute(() -> listener.receive(exchange)));
    listener.server.createContext("/", listener::handle);
    listener.server.start();
    return listener;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** From the first byte of a request on, which is before its headers are read. */
  private void receive(Runnable exchange) {
    receiving.begin();
    try {
      exchange.run();
    } finally {
      receiving.end();
    }
  }

  private void handle(HttpExchange exchange) {
    Admitted admitted = new Admitted();
    try (exchange) {
      exchange.setStreams(new RequestBody(exchange.getRequestBody(), admitted), null);
      admitted(exchange, admitted).send(exchange);
    } catch (IOException e) {
      log.debug("the client has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      admitted.leave();
    }
  }

  private HttpAnswer admitted(HttpExchange exchange, Admitted admitted)
      throws IOException, InterruptedException {
    try {
      if (!hasBody(exchange)) {
        admitted.reached();
      }
      return answer(exchange);
    } catch (Full e) {
      return HttpAnswer.unavailable("closing, or too much to do");
    }
  }

  private static boolean hasBody(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String length = headers.getFirst("Content-Length");
    return headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
  }

  /** A request's place among those under way, which it takes when it has come whole. */
  private final class Admitted implements RequestBody.AtEnd {
    private boolean taken;

    @Override
    public void reached() throws IOException {
      if (taken) {
        return;
      }
      receiving.whole();
      if (closing.get() || !exchanges.tryAcquire()) {
        throw new Full();
      }
      taken = true;
    }

    void leave() {
      if (taken) {
        exchanges.release();
      }
    }
  }

  /** There is no place for a request. */
  private static final class Full extends IOException {
    @Serial private static final long serialVersionUID = 1;
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      return responder.answer(exchange);
    } catch (RuntimeException e) {
      log.error("a request met a fault of ours", e);
      return HttpAnswer.problem(500, "a fault of the server; its log says more");
    }
  }

  /**
   * Refuses what comes, lets what is under way end, and interrupts what has not ended by then. What
   * has not come whole is not waited for. Closing once more does nothing.
   *
   * <p>The server's own {@code stop(delay)} would wait the whole delay when nothing is under way.
   *
   * @param grace how long exchanges have to end
   */
  public void close(Duration grace) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    try {
      boolean ended = exchanges.tryAcquire(MAX_EXCHANGES, grace.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        log.warn("requests were under way for longer than {}: they are cut off", grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
