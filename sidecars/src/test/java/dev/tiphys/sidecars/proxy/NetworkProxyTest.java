package dev.tiphys.sidecars.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.http.FreePort;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.Proxied.Body;
import dev.tiphys.triggers.plan.Proxied.Match;
import dev.tiphys.triggers.plan.Proxied.Requests;
import dev.tiphys.triggers.plan.Proxied.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With real sockets on both sides. */
class NetworkProxyTest {
  private static final int LARGE = 8 << 20;

  private final FakeSink sink = FakeSink.healthy();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final HttpServer server = unstarted();

  private static HttpServer unstarted() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void startServer() {
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void closeAll() throws Exception {
    letGo.countDown();
    server.stop(0);
    for (AutoCloseable it : open) {
      it.close();
    }
  }

  /** Echoes; by its path it does so in other ways. */
  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("X-Host", exchange.getRequestHeaders().getFirst("Host"));
    exchange.getResponseHeaders().set("X-Path", exchange.getRequestURI().toString());
    switch (exchange.getRequestURI().getPath()) {
      case "/missing" -> exchange.sendResponseHeaders(404, -1);
      case "/chunked" -> exchange.sendResponseHeaders(200, 0);
      case "/half" -> exchange.sendResponseHeaders(200, body.length + 10L);
      default -> exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    }
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
      if (exchange.getRequestURI().getPath().equals("/half")) {
        out.flush();
        letGo.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aForwardProxyPassesARequestOnAndTellsIt() throws Exception {
    // Given
    NetworkProxy proxy = start(null, Body.BOTH, Set.of("content-type"));
    // When
    HttpResponse<String> answer =
        through(proxy)
            .send(
                HttpRequest.newBuilder(at("/orders/1?token=secret"))
                    .header("content-type", "text/plain")
                    .POST(BodyPublishers.ofString("bread"))
                    .build(),
                BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("bread");
    assertThat(answer.headers().firstValue("x-path")).contains("/orders/1?token=secret");
    JsonNode told = told();
    assertThat(told.get("method").asText()).isEqualTo("POST");
    assertThat(told.get("host").asText()).isEqualTo(at("/").getAuthority());
    assertThat(told.get("path").asText()).isEqualTo("/orders/1");
    assertThat(told.get("status").asInt()).isEqualTo(200);
    assertThat(told.get("request").toString())
        .isEqualTo("{\"size\":5,\"headers\":{\"content-type\":\"text/plain\"},\"body\":\"bread\"}");
    assertThat(told.get("response").toString()).isEqualTo("{\"size\":5,\"body\":\"bread\"}");
    assertThat(told.has("error")).isFalse();
  }

  @Test
  void aReverseProxyStandsBeforeItsServer() throws Exception {
    // Given
    NetworkProxy proxy = start(at(""), Body.NONE, Set.of());
    URI front = URI.create("http://localhost:" + proxy.port() + "/a%2Fb/missing?x=1");
    // When
    HttpResponse<String> answer =
        client().send(HttpRequest.newBuilder(front).build(), BodyHandlers.ofString());
    // Then
    assertThat(answer.headers().firstValue("x-path")).contains("/a%2Fb/missing?x=1");
    assertThat(answer.headers().firstValue("x-host")).contains("localhost:" + proxy.port());
    assertThat(told().get("request").toString()).isEqualTo("{\"size\":0}");
  }

  @Test
  void largeBodiesStreamThroughInBothDirections() throws Exception {
    // Given
    NetworkProxy proxy = start(null, Body.BOTH, Set.of());
    byte[] body = new byte[LARGE];
    new Random(1).nextBytes(body);
    // When: the request is chunked, as its length is not told
    HttpResponse<byte[]> answer =
        through(proxy)
            .send(
                HttpRequest.newBuilder(at("/chunked"))
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                    .build(),
                BodyHandlers.ofByteArray());
    // Then
    assertThat(Arrays.equals(answer.body(), body)).isTrue();
    JsonNode told = told();
    assertThat(told.at("/request/size").asInt()).isEqualTo(LARGE);
    assertThat(told.at("/response/size").asInt()).isEqualTo(LARGE);
    assertThat(told.at("/response/truncated").asBoolean()).isTrue();
    assertThat(told.at("/response/base64").asBoolean()).isTrue();
  }

  @Test
  void aTunnelIsToldByItsSizeAlone() throws Exception {
    // Given: what goes through is no HTTP
    NetworkProxy proxy = start(null, Body.BOTH, Set.of());
    try (ServerSocket far = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> echo(far, 5));
      String target = "127.0.0.1:" + far.getLocalPort();
      // When
      try (Socket near = connect(proxy)) {
        send(near, "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
        String head = head(near.getInputStream());
        send(near, "\0ping");
        String echoed = new String(near.getInputStream().readNBytes(5), US_ASCII);
        // Then
        assertThat(head).startsWith("HTTP/1.1 200");
        assertThat(echoed).isEqualTo("\0ping");
      }
      JsonNode told = told();
      assertThat(told.get("method").asText()).isEqualTo("CONNECT");
      assertThat(told.get("path").asText()).isEqualTo(target);
      assertThat(told.get("request").toString()).isEqualTo("{\"size\":5}");
      assertThat(told.get("response").toString()).isEqualTo("{\"size\":5}");
    }
  }

  @Test
  void aServerThatIsDownGivesABadGateway() throws Exception {
    // Given
    NetworkProxy proxy = start(null, Body.NONE, Set.of());
    URI down = URI.create("http://127.0.0.1:" + FreePort.find() + "/");
    // When
    int direct = get(through(proxy), down).statusCode();
    String tunnel;
    try (Socket near = connect(proxy)) {
      send(near, "CONNECT " + down.getAuthority() + " HTTP/1.1\r\nHost: x\r\n\r\n");
      tunnel = head(near.getInputStream());
    }
    // Then
    assertThat(direct).isEqualTo(502);
    assertThat(tunnel).startsWith("HTTP/1.1 502");
    Conditions.await(() -> sink.events().size() == 2);
    for (int i = 0; i < 2; i++) {
      assertThat(data(i).get("status").asInt()).isEqualTo(502);
      assertThat(data(i).get("error").asText()).contains("ConnectException");
    }
  }

  @Test
  void aClientThatGoesAwayIsToldWithTheError() throws Exception {
    // Given: a server that has not sent all yet
    NetworkProxy proxy = start(null, Body.NONE, Set.of());
    try (Socket near = connect(proxy)) {
      send(near, "POST " + at("/half") + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nhalf");
      assertThat(head(near.getInputStream())).startsWith("HTTP/1.1 200");
      near.setSoLinger(true, 0);
    }
    // When: what it sends next finds nobody
    letGo.countDown();
    // Then
    JsonNode told = told();
    assertThat(told.at("/response/size").asInt()).isLessThan(14);
    assertThat(told.has("error")).isTrue();
  }

  @Test
  void aConnectionServesManyRequestsAndAHeadHasNoBody() throws Exception {
    // Given
    NetworkProxy proxy = start(null, Body.NONE, Set.of());
    try (Socket near = connect(proxy)) {
      for (String method : List.of("HEAD", "GET", "HEAD")) {
        // When
        send(near, method + " " + at("/missing") + " HTTP/1.1\r\nHost: x\r\n\r\n");
        // Then
        assertThat(head(near.getInputStream())).startsWith("HTTP/1.1 404");
      }
    }
  }

  @Test
  void aRequestToTheProxyItselfIsNoEndlessLoop() throws Exception {
    // Given
    NetworkProxy proxy = start(null, Body.NONE, Set.of());
    // When
    int status = get(client(), URI.create("http://127.0.0.1:" + proxy.port() + "/")).statusCode();
    // Then
    assertThat(status).isEqualTo(508);
  }

  @Test
  void theStreamEndsWithTheTask() throws Exception {
    // Given
    NetworkProxy proxy = start(null, Body.NONE, Set.of());
    get(through(proxy), at("/"));
    Conditions.await(() -> sink.events().size() == 1);
    // When
    proxy.taskEnded();
    Fixtures.await(proxy.done());
    // Then
    assertThat(sink.marker().getId()).isEqualTo("uid-7/watcher/proxy/end");
    assertThat(Fixtures.numbers(sink.events())).containsExactly(1L);
  }

  private NetworkProxy start(@Nullable URI upstream, Body body, Set<String> headers)
      throws Exception {
    Requests requests =
        new Requests(upstream, Match.all(), Sample.ALL, body, 1024, new TreeSet<>(headers));
    EventSidecar.Common common =
        new EventSidecar.Common("proxy", "tiphys/networkproxy", "r", new TreeMap<>(), null);
    NetworkProxy proxy =
        NetworkProxy.start(
            new EventSidecar.NetworkProxy(common, 8888, requests, OnStop.DISCARD),
            new NetworkProxy.Publishing(Fixtures.contract(), sink, Surroundings.real()),
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            null);
    open.add(proxy);
    return proxy;
  }

  private HttpClient client() {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    open.add(client::shutdownNow);
    return client;
  }

  private HttpClient through(NetworkProxy proxy) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())))
            .build();
    open.add(client::shutdownNow);
    return client;
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static Socket connect(NetworkProxy proxy) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout((int) Fixtures.DEADLINE.toMillis());
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** Up to the empty line. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void echo(ServerSocket far, int bytes) {
    try (Socket socket = far.accept()) {
      socket.getOutputStream().write(socket.getInputStream().readNBytes(bytes));
      socket.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode told() throws IOException {
    Conditions.await(() -> !sink.events().isEmpty());
    return data(0);
  }

  private JsonNode data(int n) throws IOException {
    return Json.parse(Objects.requireNonNull(sink.events().get(n).getData()).toBytes());
  }
}
