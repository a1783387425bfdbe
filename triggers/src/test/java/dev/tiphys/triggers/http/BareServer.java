package dev.tiphys.triggers.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The JDK's HTTP server as it comes, for tests that answer what {@link HttpListener} never does.
 */
public final class BareServer {
  private BareServer() {}

  /**
   * One on a free port of the address, not yet started.
   *
   * @throws UncheckedIOException if there is none
   */
  public static HttpServer at(InetAddress address) {
    try {
      // the server reads its properties once in a JVM: the listener's tests need the listener's
      MethodHandles.lookup().ensureInitialized(HttpListener.class);
      return HttpServer.create(new InetSocketAddress(address, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the listener is in this package", e);
    }
  }
}
