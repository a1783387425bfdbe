package dev.tiphys.sidecars.proxy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.tiphys.sidecars.program.Program;
import dev.tiphys.sidecars.program.SidecarSettings;
import dev.tiphys.sidecars.program.StopNotice;
import dev.tiphys.sidecars.program.Variables;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Proxied.Requests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@code networkproxy} as a program of its own. Beside the variables of every sidecar it needs
 * {@code TIPHYS_SIDECAR}: itself as the Plan has it, in JSON.
 */
public final class ProxyProgram implements Program {
  /** Itself, in JSON. */
  static final String SIDECAR = "TIPHYS_SIDECAR";

  private static final Logger LOG = LoggerFactory.getLogger(ProxyProgram.class);
  private static final ObjectReader READER = Json.mapper().readerFor(EventSidecar.class);
  private static final String LOOPBACK = "127.0.0.1";

  private final Settings settings;
  private final NetworkProxy proxy;
  private final StopNotice notice;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  private record Settings(SidecarSettings common, EventSidecar.NetworkProxy sidecar) {}

  private ProxyProgram(Settings settings) throws IOException, InterruptedException {
    this.settings = settings;
    this.proxy =
        NetworkProxy.start(
            settings.sidecar(),
            new NetworkProxy.Publishing(
                settings.common().contract(), settings.common().transport(), Surroundings.real()),
            ServerSocketChannel.open().bind(address(settings.sidecar())),
            settings.common().state());
    proxy
        .done()
        .exceptionally(
            cause -> {
              failed.completeExceptionally(cause);
              return null;
            });
    // last: it says that the task may begin
    this.notice = StopNotice.listen(settings.common(), proxy::stopped);
  }

  /**
   * Starts it.
   *
   * @throws IOException if a port is taken, or what an earlier life has left cannot be read
   */
  public static Start start(Map<String, String> environment) throws IOException {
    try {
      return switch (SidecarSettings.read(environment, ProxyProgram::own)) {
        case SidecarSettings.Complete<Settings>(Settings settings) ->
            new Started(new ProxyProgram(settings));
        case SidecarSettings.Incomplete<Settings>(List<String> problems) ->
            new WrongSettings(problems);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it started", e);
    }
  }

  private static Function<SidecarSettings, Settings> own(Variables variables) {
    Optional<EventSidecar.NetworkProxy> sidecar = sidecar(variables);
    return common -> new Settings(common, sidecar.orElseThrow());
  }

  private static Optional<EventSidecar.NetworkProxy> sidecar(Variables variables) {
    String json = variables.required(SIDECAR);
    try {
      if (!json.isEmpty()
          && READER.<EventSidecar>readValue(json) instanceof EventSidecar.NetworkProxy proxy) {
        return Optional.of(proxy);
      }
    } catch (JacksonException e) {
      LOG.debug("not a sidecar", e);
    }
    if (!json.isEmpty()) {
      variables.problem(SIDECAR, "is no networkproxy in JSON");
    }
    return Optional.empty();
  }

  /** Who is not in the pod reaches a reverse proxy alone: a forward one would serve everybody. */
  private static InetSocketAddress address(EventSidecar.NetworkProxy sidecar) {
    return sidecar.proxied() instanceof Requests requests && requests.upstream() != null
        ? new InetSocketAddress(sidecar.port())
        : new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), sidecar.port());
  }

  @Override
  public int end() throws InterruptedException {
    proxy.taskEnded();
    boolean whole = proxy.endsWithin(settings.common().grace());
    notice.close();
    return notice.exitCode(whole);
  }

  @Override
  public CompletableFuture<Void> failed() {
    return failed.copy();
  }
}
