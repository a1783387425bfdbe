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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the task is being stopped by Tiphys: a file says so, which it looks at now and then.
 * The kubelet's word alone, by main's {@code preStop} hook, would be that of anybody who deletes or
 * evicts the pod; it only makes it look at once. Where there is no file the hook is believed. A pod
 * has one hook, so the sidecar that it calls passes it on.
 */
public final class StopNotice implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopNotice.class);
  private static final String PATH = "/stopping";
  private static final int OK = 200;

  /** Short: the hook's time is the task's grace period. */
  private static final Duration PEER_TIMEOUT = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final @Nullable Path file;
  private final Runnable stopped;
  private final Thread looking;
  private volatile boolean disrupted;
  private final List<Integer> peers;
  private final HttpListener listener;

  private StopNotice(List<Integer> ports, @Nullable Path file, Runnable stopped)
      throws IOException {
    this.file = file;
    this.stopped = stopped;
    this.peers = ports.subList(1, ports.size());
    this.listener = HttpListener.open(new InetSocketAddress(ports.getFirst()), this::answer);
    this.looking = Thread.ofVirtual().name("stop").unstarted(this::look);
  }

  /** Listens as the settings say. */
  public static StopNotice listen(SidecarSettings settings, Runnable stopped) throws IOException {
    return listen(settings.stopPorts(), settings.stopFile(), stopped);
  }

  /**
   * Listens on all addresses, as the kubelet calls the pod's.
   *
   * @param ports the own one, 0 for any that is free, and those of the peers
   * @param file empty, or absent, until Tiphys stops the task; null: there is none
   * @param stopped may be called more than once
   * @throws IOException if the own port is taken
   */
  static StopNotice listen(List<Integer> ports, @Nullable Path file, Runnable stopped)
      throws IOException {
    StopNotice notice = new StopNotice(ports, file, stopped);
    if (file != null) {
      notice.looking.start();
    }
    return notice;
  }

  /**
   * What a program ends with whose task has ended. Its exit code outlasts what the API server keeps
   * of a deletion.
   *
   * @param whole whether all of its stream is published
   */
  public int exitCode(boolean whole) {
    if (!whole) {
      return Program.FAILED;
    }
    return disrupted && (file == null || !says(file)) ? Program.DISRUPTED : Program.OK;
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
    if (file == null || says(file)) {
      stopped.run();
    } else {
      LOG.warn("the pod is being ended, and not by Tiphys: what the task has written is published");
      disrupted = true;
    }
    peers.forEach(peer -> Thread.startVirtualThread(() -> tell(peer)));
    return HttpAnswer.empty(OK);
  }

  private void look() {
    try {
      while (!says(Objects.requireNonNull(file))) {
        Thread.sleep(LOOK_EVERY);
      }
      stopped.run();
    } catch (InterruptedException e) {
      LOG.debug("looks no more", e);
    }
  }

  /** What cannot be read says nothing: then all is published. */
  private static boolean says(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
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
    looking.interrupt();
    listener.close(Duration.ZERO);
  }
}
