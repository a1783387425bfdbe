package dev.tiphys.sidecars.proxy;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

/**
 * A request that goes on as it came. Jetty's own is made of a {@link URI}, which refuses what
 * clients send and servers take ({@code ?q=a|b}), and writes methods in upper case.
 */
final class ExactRequest extends HttpRequest {
  /** What Jetty's own is made of, and nobody asks it for. */
  private static final URI PLACEHOLDER = URI.create("http://localhost/");

  private final String method;
  private final HttpURI server;
  private final int port;
  private final String target;

  /**
   * A request.
   *
   * @param server its scheme, host and port say where it goes
   * @param target path and query, as they came
   */
  ExactRequest(HttpClient client, String method, HttpURI server, String target) {
    super(client, new HttpConversation(), PLACEHOLDER);
    this.method = method;
    this.server = server;
    this.port = HttpClient.normalizePort(server.getScheme(), server.getPort());
    this.target = target;
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getScheme() {
    return server.getScheme();
  }

  @Override
  public String getHost() {
    return server.getHost();
  }

  @Override
  public int getPort() {
    return port;
  }

  @Override
  public String getPath() {
    return target;
  }

  /** Part of the path already. */
  @Override
  public @Nullable String getQuery() {
    return null;
  }

  /** There need not be one; Jetty takes a missing {@code Host} from where the request goes. */
  @Override
  public @Nullable URI getURI() {
    return null;
  }
}
