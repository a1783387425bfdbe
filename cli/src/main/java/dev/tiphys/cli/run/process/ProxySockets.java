package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.NetworkProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the networkproxies of one instance listen: any free ports of the loopback, as several
 * instances of a task run at once. They are bound before the task starts, which is told of them; a
 * connection that comes before the proxy waits for it.
 */
final class ProxySockets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProxySockets.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final List<Opened> opened = new ArrayList<>();

  /**
   * One of them.
   *
   * @param planned with the port of a pod
   * @param placed with this machine's
   */
  private record Opened(NetworkProxy planned, NetworkProxy placed, ServerSocketChannel socket) {}

  /**
   * Binds them.
   *
   * @return the instance with these ports in place of those of a pod
   * @throws IOException if there is no free port
   */
  InstanceSpec open(InstanceSpec spec) throws IOException {
    List<EventSidecar> sidecars = new ArrayList<>();
    for (EventSidecar sidecar : spec.sidecars()) {
      sidecars.add(sidecar instanceof NetworkProxy proxy ? opened(proxy) : sidecar);
    }
    return new InstanceSpec(
        spec.identity(),
        spec.gated(),
        spec.parameters(),
        spec.launch(),
        sidecars,
        spec.pod(),
        spec.revision());
  }

  private NetworkProxy opened(NetworkProxy proxy) throws IOException {
    ServerSocketChannel socket =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0));
    int port = socket.socket().getLocalPort();
    NetworkProxy placed = new NetworkProxy(proxy.common(), port, proxy.proxied(), proxy.onStop());
    opened.add(new Opened(proxy, placed, socket));
    return placed;
  }

  /** The socket of the proxy of that name. */
  ServerSocketChannel of(String sidecar) {
    return opened.stream()
        .filter(it -> it.planned().name().equals(sidecar))
        .map(Opened::socket)
        .findFirst()
        .orElseThrow();
  }

  /** The sidecar as it is to run here. */
  EventSidecar placed(EventSidecar sidecar) {
    return opened.stream()
        .filter(it -> it.planned().equals(sidecar))
        .<EventSidecar>map(Opened::placed)
        .findFirst()
        .orElse(sidecar);
  }

  /** Where a sidecar publishes whose sink in a pod is that address. */
  URI here(URI sink) {
    return opened.stream()
        .filter(it -> it.planned().isAt(sink))
        .map(it -> it.placed().address())
        .findFirst()
        .orElse(sink);
  }

  @Override
  public void close() {
    for (Opened it : opened) {
      try {
        it.socket().close();
      } catch (IOException e) {
        LOG.debug("a socket was not closed", e);
      }
    }
  }
}
