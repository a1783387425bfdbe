package dev.tiphys.sidecars.program;

import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the kubelet, by main's {@code preStop} hook, that the task is being stopped, and not
 * ending by itself. A pod has one hook, so the sidecar that it calls passes it on.
 */
public final class StopNotice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopNotice.class);
  private static final String PATH = "/stopping";
  private static final int OK = 200;

  /** Short: the hook's time is the task's grace period. */
  private static final Duration PEER_TIMEOUT = Duration.ofSeconds(1);

  private final Runnable stopped;
  private final List<Integer> peers;
  private final HttpListener listener;

  private StopNotice(List<Integer> ports, Runnable stopped) throws IOException {
    this.stopped = stopped;
    this.peers = ports.subList(1, ports.size());
    this.listener = HttpListener.open(new InetSocketAddress(ports.getFirst()), this::answer);
  }

  /**
   * Listens on all addresses, as the kubelet calls the pod's.
   *
   * @param ports the own one, 0 for any that is free, and those of the peers
   * @throws IOException if the own port is taken
   */
  public static StopNotice listen(List<Integer> ports, Runnable stopped) throws IOException {
    return new StopNotice(ports, stopped);
  }

  int port() {
    return listener.address().getPort();
  }

  private HttpAnswer answer(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return HttpAnswer.problem(404, "only " + PATH + " is answered here");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return HttpAnswer.methodNotAllowed("GET");
    }
    stopped.run();
    peers.forEach(peer -> Thread.startVirtualThread(() -> tell(peer)));
    return HttpAnswer.empty(OK);
  }

  private static void tell(int port) {
    URI address = URI.create("http://127.0.0.1:" + port + PATH);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PEER_TIMEOUT).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      LOG.warn("{} does not know of the stop: {}", address, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listener.close(Duration.ZERO);
  }
}
