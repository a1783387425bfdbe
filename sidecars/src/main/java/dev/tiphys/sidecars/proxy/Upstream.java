package dev.tiphys.sidecars.proxy;

import dev.tiphys.triggers.plan.EventSidecar;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Passes requests on to their servers, and answers back. */
final class Upstream extends ProxyHandler {
  /** Connections to one server; a request above that waits for one to come back. */
  private static final int MAX_CONNECTIONS = 4096;

  /** Shorter than servers keep a connection that nobody uses. */
  private static final long KEEP_UNUSED_MS = 4_000;

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int BUFFER_BYTES = 32 << 10;

  private final @Nullable URI server;

  /**
   * @param server behind a reverse proxy; null: each request names its own
   * @param via a name for this proxy that no other has
   */
  Upstream(@Nullable URI server, String via) {
    this.server = server;
    setViaHost(via);
    if (server != null && !EventSidecar.LOCAL.contains(server.getHost())) {
      setProxyToServerHost(server.getRawAuthority());
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean loop =
        request.getHeaders().getValuesList(HttpHeader.VIA).stream()
            .anyMatch(via -> via.endsWith(" " + getViaHost()));
    if (loop) {
      Response.writeError(request, response, callback, HttpStatus.LOOP_DETECTED_508);
      return true;
    }
    return super.handle(request, response, callback);
  }

  @Override
  protected HttpURI rewriteHttpURI(Request request) {
    HttpURI asked = request.getHttpURI();
    return server == null
        ? asked
        : HttpURI.build(asked)
            .scheme(server.getScheme().toLowerCase(Locale.ROOT))
            .host(server.getHost())
            .port(server.getPort());
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(
      Request request, HttpURI target) {
    // a server may think for as long as its client waits
    return super.newProxyToServerRequest(request, target).idleTimeout(1, TimeUnit.DAYS);
  }

  @Override
  protected void addForwardedHeader(
      Request request, org.eclipse.jetty.client.Request proxyToServerRequest) {
    if (server != null) {
      super.addForwardedHeader(request, proxyToServerRequest);
    }
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request toServer,
      org.eclipse.jetty.client.Response fromServer,
      Response response,
      Callback callback,
      Throwable failure) {
    Observation.of(request).failed(failure);
    super.onServerToProxyResponseFailure(
        request, toServer, fromServer, response, callback, failure);
  }

  @Override
  protected HttpClient newHttpClient() {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    QueuedThreadPool threads = ProxyServer.threads("proxy-client");
    connector.setExecutor(threads);
    connector.setSslContextFactory(new SslContextFactory.Client());
    return new HttpClient(new HttpClientTransportOverHTTP(connector));
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setIdleTimeout(KEEP_UNUSED_MS);
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setMaxRequestHeadersSize(MAX_HEADER_BYTES);
    client.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    client.setRequestBufferSize(BUFFER_BYTES);
    client.setResponseBufferSize(BUFFER_BYTES);
  }
}
