package dev.tiphys.sidecars.proxy;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's server, the way that a proxy wants it: nothing is added, and nobody hurried. */
final class ProxyServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);

  /** Whom a request is for, if its line and its header differ, is the server's to say as well. */
  private static final HttpCompliance ANY_HOST =
      HttpCompliance.RFC9110.with("any-host", HttpCompliance.Violation.MISMATCHED_AUTHORITY);

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 4;

  private final Server server = new Server(threads("proxy"));
  private final ServerConnector connector;

  private ProxyServer(Handler handler) {
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setIdleTimeout(0);
    server.addConnector(connector);
    server.setHandler(handler);
  }

  /**
   * Answers on a socket that is bound already.
   *
   * @throws IOException if the socket cannot be used
   */
  static ProxyServer start(ServerSocketChannel socket, Handler handler) throws IOException {
    ProxyServer proxy = new ProxyServer(handler);
    try {
      proxy.connector.open(socket);
      proxy.server.start();
      return proxy;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the proxy cannot be started", e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** A pool whose tasks that may block run on virtual threads. */
  static QueuedThreadPool threads(String name) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return threads;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    configuration.setResponseHeaderSize(MAX_HEADER_BYTES);
    configuration.setHttpCompliance(ANY_HOST);
    // what a path means is the server's to say
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    // a header is no other that differs in its letters' case
    configuration.setHeaderCacheCaseSensitive(true);
    return configuration;
  }

  /** Cuts off what is under way. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the proxy did not end in order", e);
    }
  }
}
