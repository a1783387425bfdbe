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
  private final String path;
  private final @Nullable String query;

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
    int mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? null : target.substring(mark + 1);
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
    return path;
  }

  /** Apart, since Jetty looks into a path for what is percent-encoded in it. */
  @Override
  public @Nullable String getQuery() {
    return query;
  }

  /** There need not be one; Jetty takes a missing {@code Host} from where the request goes. */
  @Override
  public @Nullable URI getURI() {
    return null;
  }
}
