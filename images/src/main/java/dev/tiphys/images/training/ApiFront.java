package dev.tiphys.images.training;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Stands before the stand-in for an API server, and has what that lacks: TLS with a certificate of
 * an authority, HTTP/2, and watches that go on.
 */
final class ApiFront implements AutoCloseable {
  /** Pods are told an address, not a name. */
  static final String HOST = "127.0.0.1";

  private static final String JSON = "application/json";

  /** The stand-in finds nothing by fields of a status, and here they choose everything. */
  private static final Pattern FIELDS = Pattern.compile("fieldSelector=[^&]*&?");

  private static final Set<HttpMethod> CHANGES =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  private static final int SUCCESS = 2;
  private static final int BAD_GATEWAY = 502;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient behind;
  private final HttpServer server;
  private final Path authority;

  private final List<Watch> watches = new ArrayList<>();

  /** All of them: who watches is told what has been, too, and sees it in the order it came. */
  private final List<Event> events = new ArrayList<>();

  /**
   * Somebody who watches.
   *
   * @param path of what is watched
   * @param out takes an event
   */
  private record Watch(String path, Consumer<String> out) {
    void tell(Event event) {
      if (event.uri().startsWith(path)) {
        out.accept(event.text());
      }
    }
  }

  /** A change of an object. */
  private record Event(String uri, String text) {}

  private ApiFront(int portBehind, Authority issuer) throws GeneralSecurityException, IOException {
    authority = issuer.file();
    behind =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost(HOST).setDefaultPort(portBehind));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setClientAuth(ClientAuth.REQUEST)
                    .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(issuer.server(HOST)))
            .requestHandler(this::handle);
    joined(server.listen(0, HOST));
  }

  /**
   * Opens one.
   *
   * @param portBehind where the stand-in speaks HTTP
   */
  static ApiFront before(int portBehind) throws IOException {
    try {
      return new ApiFront(portBehind, new Authority());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.actualPort();
  }

  /** The certificate to trust. */
  Path authority() {
    return authority;
  }

  private void handle(HttpServerRequest request) {
    if ("true".equals(request.getParam("watch"))) {
      watch(request);
      return;
    }
    request
        .body()
        .compose(body -> passedOn(request, body))
        .compose(answer -> answer.body().onSuccess(body -> answered(request, answer, body)))
        .onFailure(e -> request.response().setStatusCode(BAD_GATEWAY).end(e.toString()));
  }

  private void watch(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    if (request.headers().contains(HttpHeaders.UPGRADE)) {
      request
          .toWebSocket()
          .onSuccess(
              socket -> {
                Watch watch = new Watch(path, socket::writeTextMessage);
                socket.closeHandler(closed -> end(watch));
                begin(watch);
              });
      return;
    }
    HttpServerResponse answer = request.response();
    Watch watch = new Watch(path, event -> answer.write(event + "\n"));
    answer
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .closeHandler(closed -> end(watch));
    answer.writeHead();
    begin(watch);
  }

  private synchronized void begin(Watch watch) {
    events.forEach(watch::tell);
    watches.add(watch);
  }

  private synchronized void end(Watch watch) {
    watches.remove(watch);
  }

  private synchronized void tell(Event event) {
    events.add(event);
    watches.forEach(watch -> watch.tell(event));
  }

  private Future<HttpClientResponse> passedOn(HttpServerRequest request, Buffer body) {
    return behind
        .request(request.method(), FIELDS.matcher(request.uri()).replaceAll(""))
        .compose(
            out -> {
              for (CharSequence name : List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT)) {
                if (request.headers().contains(name)) {
                  out.putHeader(name, request.getHeader(name));
                }
              }
              return out.send(body);
            });
  }

  private void answered(HttpServerRequest request, HttpClientResponse answer, Buffer body) {
    HttpMethod method = request.method();
    boolean changed = answer.statusCode() / 100 == SUCCESS && CHANGES.contains(method);
    if (changed) {
      String type = method.equals(HttpMethod.POST) ? "ADDED" : "MODIFIED";
      tell(new Event(request.uri(), "{\"type\":\"" + type + "\",\"object\":" + body + "}"));
    }
    request
        .response()
        .setStatusCode(answer.statusCode())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(body);
  }

  private static <T> T joined(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    joined(vertx.close());
  }
}
