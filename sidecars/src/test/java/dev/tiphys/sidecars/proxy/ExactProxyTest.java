package dev.tiphys.sidecars.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.Proxied.Body;
import dev.tiphys.triggers.plan.Proxied.Match;
import dev.tiphys.triggers.plan.Proxied.Requests;
import dev.tiphys.triggers.plan.Proxied.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers go through a proxy as they came; both ends are sockets, which see bytes. */
class ExactProxyTest {
  private static final int SOCKET_MS = 20_000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private ServerSocket server;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    open.add(server);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  @ParameterizedTest
  @DisplayName("D3: a target is passed on as it came, by a reverse proxy")
  @ValueSource(
      strings = {
        "/?q=a|b",
        "/a|b{c}^d`e",
        "/?q=\"<x>\"",
        "/a\\b",
        "/?%zz&%",
        "/a[0]?b[1]=2",
        "//double//slashes",
        "/a/./b/../c",
        "/empty?",
        "/a;v=1;w/b;x?y;z",
        "/a%2Fb%2f%7e~",
        "/?a=1&a=2&&=",
        "/?q=http://x/y?z",
        "/gr\u00f6\u00dfe?q=\u20ac",
        "/+%20",
      })
  void aReverseProxyPassesATargetOn(String target) throws Exception {
    // Given
    answer(OK);
    // When
    String answer = exchange(reverse(), "GET " + target + " HTTP/1.1\r\nHost: front\r\n\r\n");
    // Then
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(request()).startsWith("GET " + bytes(target) + " HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @DisplayName("D3: a target is passed on as it came, by a forward proxy")
  @ValueSource(
      strings = {
        "/?q=a|b",
        "/a|b{c}^d",
        "//double//slashes",
        "/a/../b",
        "/empty?",
        "/?%zz",
        "/a;v"
      })
  void aForwardProxyPassesATargetOn(String target) throws Exception {
    // Given
    answer(OK);
    String host = "127.0.0.1:" + server.getLocalPort();
    // When
    String answer =
        exchange(
            proxy(null), "GET http://" + host + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    // Then
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(request()).startsWith("GET " + target + " HTTP/1.1\r\n");
  }

  @Test
  @DisplayName("D3: an address without a path means the root")
  void anAddressWithoutAPathMeansTheRoot() throws Exception {
    // Given
    answer(OK);
    String host = "127.0.0.1:" + server.getLocalPort();
    // When
    exchange(proxy(null), "GET http://" + host + "?q HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    // Then
    assertThat(request()).startsWith("GET /?q HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @DisplayName("D3: what names no server that is reached by HTTP is refused, and no fault of ours")
  @ValueSource(strings = {"ftp://127.0.0.1/", "http:///x", "http://127.0.0.1/%zz"})
  void refusesWhatNamesNoServer(String target) throws Exception {
    assertThat(exchange(proxy(null), "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  @DisplayName("D3: methods and headers are passed on as they came")
  void passesHeadersOn() throws Exception {
    // Given
    answer(OK);
    String large = "x".repeat(30_000);
    // When
    exchange(
        reverse(),
        String.join(
            "\r\n",
            "get / HTTP/1.1",
            "Host: front",
            "X-One: 1",
            "x-one: 2",
            "X-Large: " + large,
            "Connection: X-Hop",
            "X-Hop: 1",
            "Accept: a, b",
            "",
            ""));
    // Then
    assertThat(request())
        .startsWith("get / HTTP/1.1\r\n")
        .contains("Host: front\r\n", "X-One: 1\r\nx-one: 2\r\n", "X-Large: " + large + "\r\n")
        .contains("Accept: a, b\r\n")
        .doesNotContainIgnoringCase("x-hop")
        .doesNotContainIgnoringCase("user-agent")
        .doesNotContainIgnoringCase("accept-encoding");
  }

  @Test
  @DisplayName("D3: a body of no bytes is one")
  void passesAnEmptyBodyOn() throws Exception {
    // Given
    answer(OK);
    // When
    exchange(reverse(), "POST / HTTP/1.1\r\nHost: front\r\nContent-Length: 0\r\n\r\n");
    // Then
    assertThat(request()).contains("Content-Length: 0\r\n");
  }

  @ParameterizedTest
  @DisplayName("D3: a body whose length is not told is passed on, whatever the method")
  @ValueSource(strings = {"GET", "POST", "DELETE", "PATCH", "REPORT", "OPTIONS"})
  void passesABodyOfAnyMethodOn(String method) throws Exception {
    // Given
    answer(OK);
    // When
    exchange(
        reverse(),
        method
            + " / HTTP/1.1\r\nHost: front\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nbread\r\n0\r\n\r\n");
    // Then
    assertThat(request())
        .startsWith(method + " / HTTP/1.1\r\n")
        .contains("Transfer-Encoding: chunked\r\n")
        .endsWith("\r\n\r\n5\r\nbread\r\n0\r\n\r\n");
  }

  @ParameterizedTest
  @DisplayName("D3: an answer is passed on as it came")
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 299 Odd\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
      })
  void passesAnAnswerOn(String sent) throws Exception {
    // Given
    answer(sent);
    // When
    String answer = exchange(reverse(), "GET / HTTP/1.1\r\nHost: front\r\n\r\n");
    // Then
    List<String> headers = sent.lines().skip(1).takeWhile(line -> !line.isEmpty()).toList();
    assertThat(answer).startsWith(sent.substring(0, 12));
    assertThat(answer.lines()).containsAll(headers);
    assertThat(answer).endsWith(sent.substring(sent.indexOf("\r\n\r\n")));
  }

  @ParameterizedTest
  @DisplayName("D2: a client that waits for 100 (Continue) need not wait for the server's")
  @ValueSource(strings = {"Content-Length: 5\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"})
  void aClientThatWaitsIsAnswered(String length) throws Exception {
    // Given: a server that answers when it has the body
    answer(OK);
    String body = length.startsWith("C") ? "bread" : "5\r\nbread\r\n0\r\n\r\n";
    try (Socket client = connect(reverse())) {
      // When
      send(client, "POST /x HTTP/1.1\r\nHost: front\r\nExpect: 100-continue\r\n" + length);
      String interim = head(client.getInputStream());
      send(client, body);
      String answer = head(client.getInputStream());
      // Then
      assertThat(interim).startsWith("HTTP/1.1 100");
      assertThat(answer).startsWith("HTTP/1.1 200");
      assertThat(request()).contains("bread");
    }
  }

  @Test
  @DisplayName("D2: a forward proxy answers as well, and a large body goes through")
  void aForwardProxyAnswersAsWell() throws Exception {
    // Given
    answer(OK);
    String host = "127.0.0.1:" + server.getLocalPort();
    String body = "x".repeat(2 << 20);
    try (Socket client = connect(proxy(null))) {
      // When
      send(
          client,
          String.join(
              "\r\n",
              "POST http://" + host + "/ HTTP/1.1",
              "Host: " + host,
              "Expect: 100-continue",
              "Content-Length: " + body.length(),
              "",
              ""));
      String interim = head(client.getInputStream());
      send(client, body);
      // Then
      assertThat(interim).startsWith("HTTP/1.1 100");
      assertThat(head(client.getInputStream())).startsWith("HTTP/1.1 200");
      assertThat(request()).endsWith(body);
    }
  }

  // Set-up

  private NetworkProxy reverse() throws Exception {
    return proxy(URI.create("http://127.0.0.1:" + server.getLocalPort()));
  }

  private NetworkProxy proxy(@Nullable URI upstream) throws Exception {
    Requests requests =
        new Requests(upstream, Match.all(), Sample.ALL, Body.NONE, 1024, new TreeSet<>());
    EventSidecar.Common common =
        new EventSidecar.Common("proxy", "tiphys/networkproxy", "r", new TreeMap<>(), null);
    NetworkProxy proxy =
        NetworkProxy.start(
            new EventSidecar.NetworkProxy(common, 8888, requests, OnStop.DISCARD),
            new NetworkProxy.Publishing(
                Fixtures.contract(), FakeSink.healthy(), Surroundings.real()),
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            null);
    open.add(proxy);
    return proxy;
  }

  /** Has the server take one request, all of it, and answer it. */
  private void answer(String response) {
    Thread.startVirtualThread(
        () -> {
          try (Socket socket = server.accept()) {
            socket.setSoTimeout(SOCKET_MS);
            InputStream in = socket.getInputStream();
            String head = head(in);
            requests.add(head + body(head, in));
            send(socket, response);
            in.read();
          } catch (IOException e) {
            requests.add(e.toString());
          }
        });
  }

  private static String body(String head, InputStream in) throws IOException {
    if (head.contains("Transfer-Encoding: chunked")) {
      StringBuilder body = new StringBuilder();
      while (!body.toString().endsWith("0\r\n\r\n")) {
        body.append((char) in.read());
      }
      return body.toString();
    }
    int length =
        head.lines()
            .filter(line -> line.startsWith("Content-Length: "))
            .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
            .findFirst()
            .orElse(0);
    return new String(in.readNBytes(length), ISO_8859_1);
  }

  private String request() throws InterruptedException {
    String request = requests.poll(SOCKET_MS, TimeUnit.MILLISECONDS);
    return request == null ? "none" : request;
  }

  private static Socket connect(NetworkProxy proxy) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(SOCKET_MS);
    return socket;
  }

  /** Sends a request, and reads one answer with its body. */
  private static String exchange(NetworkProxy proxy, String request) throws IOException {
    try (Socket client = connect(proxy)) {
      send(client, request);
      String head = head(client.getInputStream());
      return head + body(head, client.getInputStream());
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** UTF-8, a character for each byte. */
  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
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
}
