package dev.tiphys.sidecars.proxy;

import dev.tiphys.triggers.plan.EventSidecar;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpScheme;
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
    if (!reachable(rewriteHttpURI(request))) {
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    return super.handle(
        request.getHeaders().contains(HttpHeader.EXPECT) ? unhesitating(request) : request,
        response,
        callback);
  }

  private static boolean reachable(HttpURI server) {
    return server.getHost() != null
        && (HttpScheme.HTTP.is(server.getScheme()) || HttpScheme.HTTPS.is(server.getScheme()));
  }

  /**
   * A request whose body is passed on at once. A client that waits for 100 (Continue) is answered
   * by this proxy, when it reads the body: not every server answers it, and clients wait for a
   * proxy longer than for a server.
   */
  private static Request unhesitating(Request request) {
    HttpFields headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.EXPECT);
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return headers;
      }
    };
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
    return new ExactRequest(getHttpClient(), request.getMethod(), target, target(request))
        .idleTimeout(1, TimeUnit.DAYS);
  }

  /**
   * Path and query as they came; an address without a path means its root. Jetty reads them as
   * UTF-8 and writes a byte for each character.
   */
  private static String target(Request request) {
    HttpURI asked = request.getHttpURI();
    String target = Objects.requireNonNullElse(asked.getPathQuery(), "");
    String rooted = target.isEmpty() || target.startsWith("?") ? "/" + target : target;
    String whole = asked.getFragment() == null ? rooted : rooted + "#" + asked.getFragment();
    return new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @Override
  protected void addProxyHeaders(
      Request request, org.eclipse.jetty.client.Request proxyToServerRequest) {
    super.addProxyHeaders(request, proxyToServerRequest);
    if (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      // Jetty would send a body without a length with POST and PUT, and of other methods lose it
      proxyToServerRequest.headers(
          headers -> headers.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED));
    }
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
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    // a header is no other that differs in its letters' case
    transport.setHeaderCacheCaseSensitive(true);
    return new HttpClient(transport);
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
