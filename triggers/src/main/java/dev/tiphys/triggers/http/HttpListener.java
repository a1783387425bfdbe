package dev.tiphys.triggers.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
 * threads, a bounded number of them, and an end that waits for those that are under way.
 */
public final class HttpListener {
  /** Exchanges under way at once; what comes above is answered with 503. */
  private static final int MAX_EXCHANGES = 512;

  /** How long a client may take to send one request, in seconds. */
  private static final int MAX_REQUEST_SECONDS = 30;

  private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

  private final HttpServer server;
  private final Responder responder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore exchanges = new Semaphore(MAX_EXCHANGES);
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
    // The server reads these once, when its classes load; without the first, an answer of header
    // and body waits 40 ms for a delayed acknowledgement.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.maxReqTime", Integer.toString(MAX_REQUEST_SECONDS));
    // of what has been answered it keeps 200 otherwise, and cuts off others that come again
    setDefault("sun.net.httpserver.maxIdleConnections", Integer.toString(MAX_EXCHANGES));
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
    listener.server.setExecutor(listener.threads);
    listener.server.createContext("/", listener::handle);
    listener.server.start();
    return listener;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) {
    boolean admitted = !closing.get() && exchanges.tryAcquire();
    try (exchange) {
      HttpAnswer answer =
          admitted ? answer(exchange) : HttpAnswer.unavailable("closing, or too much to do");
      answer.send(exchange);
    } catch (IOException e) {
      log.debug("the client has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (admitted) {
        exchanges.release();
      }
    }
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
   * Refuses what comes, lets what is under way end, and interrupts what has not ended by then.
   * Closing once more does nothing.
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
