package dev.tiphys.sidecars.proxy;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Proxied.Aggregate;
import dev.tiphys.triggers.plan.Proxied.Events;
import dev.tiphys.triggers.plan.Proxied.Requests;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A networkproxy at work. */
public final class NetworkProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkProxy.class);

  /** How often it looks whether the time of a window is over. */
  private static final Duration TICK = Duration.ofMillis(100);

  private final ProxyStream stream;
  private final ProxyServer server;
  private final Runnable taskEnded;

  private NetworkProxy(ProxyStream stream, ProxyServer server, Runnable taskEnded) {
    this.stream = stream;
    this.server = server;
    this.taskEnded = taskEnded;
  }

  /** How it publishes. */
  public record Publishing(Contract contract, Transport transport, Surroundings surroundings) {}

  /**
   * Starts one.
   *
   * @param socket bound already
   * @param state a folder in which it keeps what a next life needs; null: it has one life
   * @throws IOException if the socket or the folder cannot be used
   */
  public static NetworkProxy start(
      EventSidecar.NetworkProxy sidecar,
      Publishing publishing,
      ServerSocketChannel socket,
      @Nullable Path state)
      throws IOException, InterruptedException {
    return switch (sidecar.proxied()) {
      case Requests requests -> {
        ProxyStream stream = stream(sidecar, publishing, state, null, List.of());
        Exchanges exchanges = new Exchanges(stream, requests);
        ProxyServer server =
            ProxyServer.start(socket, handler(exchanges, publishing.contract().origin()));
        yield new NetworkProxy(stream, server, () -> end(server, exchanges));
      }
      case Events events -> {
        Collection<String> sources = Taking.sources(events, publishing.contract());
        ProxyStream stream = stream(sidecar, publishing, state, events.aggregate(), sources);
        Taking taking =
            new Taking(
                stream, publishing.contract().key(), events, publishing.surroundings().clock());
        Thread.ofVirtual().name("windows").start(() -> tick(stream, publishing.surroundings()));
        // the end of the other sidecars' streams is its own, and not the task's
        yield new NetworkProxy(
            stream, ProxyServer.start(socket, new EventsHandler(taking)), () -> {});
      }
    };
  }

  private static ProxyStream stream(
      EventSidecar.NetworkProxy sidecar,
      Publishing publishing,
      @Nullable Path state,
      @Nullable Aggregate aggregate,
      Collection<String> sources)
      throws IOException, InterruptedException {
    ProxyStream.Memory memory;
    if (state == null) {
      memory =
          new ProxyStream.Memory(
              Journal.NONE, new Passage(aggregate, sources, Passage.Kept.NOTHING));
    } else {
      FileJournal.Opened opened = FileJournal.open(state, sidecar.name(), aggregate, sources);
      memory = new ProxyStream.Memory(opened.journal(), opened.passage());
    }
    return ProxyStream.start(
        memory,
        sidecar.onStop(),
        publishing.contract(),
        publishing.transport(),
        publishing.surroundings());
  }

  private static Handler handler(Exchanges exchanges, Origin origin) {
    Requests requests = exchanges.settings();
    Upstream upstream =
        new Upstream(requests.upstream(), origin.instanceUid() + "." + origin.container());
    return new Observing(exchanges, requests.upstream() == null ? new Tunnels(upstream) : upstream);
  }

  private static void end(ProxyServer server, Exchanges exchanges) {
    server.close();
    try {
      exchanges.end();
    } catch (IOException e) {
      LOG.error("that exchanges were missed cannot be kept", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tick(ProxyStream stream, Surroundings surroundings) {
    try {
      while (!stream.publisher().done().isDone()) {
        surroundings.pause().pause(TICK);
        stream.expire(surroundings.clock().instant());
      }
    } catch (IOException e) {
      LOG.error("the time of a window is over, which cannot be kept", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ProxyServer server() {
    return server;
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Says that the task is being stopped. */
  public void stopped() {
    stream.stopped();
  }

  /** Says that the task has ended. Returns when no more passes. */
  public void taskEnded() {
    taskEnded.run();
  }

  /** Completes when its stream has ended; exceptionally when that was given up. */
  public CompletableFuture<Publisher.Ending> done() {
    return stream.publisher().done();
  }

  /**
   * Waits until its stream has ended, and no longer than that.
   *
   * @return whether all of it is acknowledged
   */
  public boolean endsWithin(Duration limit) throws InterruptedException {
    return stream.publisher().endsWithin(limit);
  }

  /** Ends at once. */
  @Override
  public void close() {
    server.close();
    stream.publisher().close();
  }
}
