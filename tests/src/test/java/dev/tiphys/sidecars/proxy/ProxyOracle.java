package dev.tiphys.sidecars.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Limits;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.tests.fuzz.Expect;
import dev.tiphys.tests.fuzz.Oracle;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.Proxied.Body;
import dev.tiphys.triggers.plan.Proxied.Match;
import dev.tiphys.triggers.plan.Proxied.Requests;
import dev.tiphys.triggers.plan.Proxied.Sample;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first line is a method and a path, lines after it are headers, and what follows an empty line
 * is a body: a request, which goes through a proxy on real sockets, and whose headers and body come
 * back as the answer. What arrives at either end is what was sent at the other, but for a path that
 * the proxy refuses. In this package, since the proxy's port is its own business.
 */
public final class ProxyOracle implements Oracle {
  private static final int TIMEOUT_MS = 5_000;
  private static final int MAX_FIELDS = 20;
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
  private static final String PATH_SIGNS = "-._~!$&'()*+,;=:@/?%|{}^\\\"`[]<>";

  /** About the connection and not the message, set by whoever sends, or added by every proxy. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "host",
          "via",
          "forwarded",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "x-forwarded-server",
          "x-forwarded-port",
          "expect",
          "max-forwards",
          "date",
          "server");

  private @Nullable Exchanger exchanger;

  /** A message as it is on the wire: its first line, its end-to-end fields, its body. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Message(String line, List<String> fields, byte[] body) {
    static Message read(InputStream in) throws IOException {
      String line = line(in);
      List<String> fields = new ArrayList<>();
      int length = 0;
      boolean chunked = false;
      for (String field = line(in); !field.isEmpty(); field = line(in)) {
        int colon = field.indexOf(':');
        String name = field.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = field.substring(colon + 1).strip();
        if (name.equals("content-length")) {
          length = Integer.parseInt(value);
        }
        chunked = chunked || name.equals("transfer-encoding");
        if (!OF_THE_CONNECTION.contains(name)) {
          fields.add(name + ": " + value);
        }
      }
      return new Message(line, fields, chunked ? chunks(in) : in.readNBytes(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = size(in); size > 0; size = size(in)) {
        body.write(in.readNBytes(size));
        line(in);
      }
      line(in);
      return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
      return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("in the middle of: " + line);
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    void write(OutputStream out, String host, boolean chunked) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      StringBuilder head = new StringBuilder(line).append("\r\n").append(host);
      fields.forEach(field -> head.append(field).append("\r\n"));
      head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
      bytes.writeBytes(head.append("\r\n\r\n").toString().getBytes(ISO_8859_1));
      if (chunked) {
        int half = body.length / 2;
        chunk(bytes, Arrays.copyOf(body, half));
        chunk(bytes, Arrays.copyOfRange(body, half, body.length));
        bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
      } else {
        bytes.writeBytes(body);
      }
      out.write(bytes.toByteArray());
      out.flush();
    }

    private static void chunk(ByteArrayOutputStream out, byte[] bytes) {
      if (bytes.length > 0) {
        out.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        out.writeBytes(bytes);
        out.writeBytes("\r\n".getBytes(ISO_8859_1));
      }
    }
  }

  /** A client, a proxy, and a server that answers with what it is given. */
  private static final class Exchanger {
    private final ServerSocket server;
    private final NetworkProxy proxy;
    private final SynchronousQueue<Message> answers = new SynchronousQueue<>();
    private final SynchronousQueue<Message> arrived = new SynchronousQueue<>();
    private Socket client;
    private InputStream in;

    Exchanger() throws IOException, InterruptedException {
      InetAddress here = InetAddress.getLoopbackAddress();
      server = new ServerSocket(0, 50, here);
      Thread.ofPlatform().daemon().name("fuzzed-server").start(this::serve);
      ServerSocketChannel socket = ServerSocketChannel.open();
      socket.bind(new InetSocketAddress(here, 0));
      proxy =
          NetworkProxy.start(
              sidecar(URI.create("http://127.0.0.1:" + server.getLocalPort())),
              new NetworkProxy.Publishing(contract(), event -> 202, Surroundings.real()),
              socket,
              null);
      client = connected();
      in = new BufferedInputStream(client.getInputStream());
    }

    private Socket connected() throws IOException {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MS);
      return socket;
    }

    private static EventSidecar.NetworkProxy sidecar(URI upstream) {
      return new EventSidecar.NetworkProxy(
          new EventSidecar.Common("proxy", "i", "exchange", new TreeMap<>(), null),
          0,
          new Requests(
              upstream, Match.all(), new Sample(1, 1_000), Body.BOTH, 1_000, new TreeSet<>()),
          OnStop.DISCARD);
    }

    private static Contract contract() {
      return new Contract(
          URI.create("http://sink.test/"),
          new Origin("w", "w-1", "t", "t-x", "uid-7", "proxy"),
          "exchange",
          new TreeMap<>(),
          new TreeMap<>(),
          SigningKey.parse("1." + "k".repeat(43)).orElseThrow(),
          Limits.DEFAULT);
    }

    private void serve() {
      try {
        while (true) {
          Socket connection = server.accept();
          connection.setTcpNoDelay(true);
          Thread.ofPlatform().daemon().start(() -> serve(connection));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void serve(Socket connection) {
      try (connection) {
        InputStream requests = new BufferedInputStream(connection.getInputStream());
        while (true) {
          arrived.put(Message.read(requests));
          Message answer = answers.take();
          answer.write(connection.getOutputStream(), "", answer.body.length % 2 == 1);
        }
      } catch (IOException e) {
        // the proxy has closed it; whoever waits for an answer says so
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void check(Message request) throws IOException, InterruptedException {
      request.write(
          client.getOutputStream(), "Host: server.test\r\n", request.body.length % 3 == 1);
      if (refused(request.line.split(" ", 3)[1])) {
        Message answer = Message.read(in);
        Expect.that(answer.line.startsWith("HTTP/1.1 400 "), () -> "it is refused: " + request);
        client.close();
        client = connected();
        in = new BufferedInputStream(client.getInputStream());
        return;
      }
      Message seen = arrived.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      if (seen == null) {
        throw new AssertionError("nothing arrives of " + request + " but " + Message.read(in));
      }
      same(request, seen, "the request");
      Message answer = new Message("HTTP/1.1 200 OK", request.fields, request.body);
      answers.put(answer);
      same(answer, Message.read(in), "the answer");
    }

    private static void same(Message expected, Message actual, String what) {
      Expect.same(target(expected), target(actual), what + "'s first line");
      Expect.same(fields(expected), fields(actual), what + "'s fields");
      Expect.that(Arrays.equals(expected.body, actual.body), () -> what + "'s body: " + expected);
    }

    /** Method and path of a request, version and status of an answer. */
    private static List<String> target(Message message) {
      return List.of(message.line.split(" ", 3)).subList(0, 2);
    }

    private static List<String> fields(Message message) {
      return message.fields.stream().map(ProxyOracle::field).sorted().toList();
    }

    void close() {
      proxy.close();
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What Jetty takes no path for: a zero byte in it, and one that leads out of the root. */
  private static boolean refused(String target) {
    String path = target.split("\\?", 2)[0].replaceAll(";[^/]*", "");
    int depth = -1;
    for (String segment : path.split("/", -1)) {
      String decoded = segment.replaceAll("%2[Ee]", ".");
      depth += decoded.equals("..") ? -1 : decoded.equals(".") ? 0 : 1;
      if (depth < 0 || decoded.contains("%00")) {
        return true;
      }
    }
    return false;
  }

  private static String field(String field) {
    int colon = field.indexOf(':');
    return field.substring(0, colon).toLowerCase(Locale.ROOT)
        + ": "
        + field.substring(colon + 1).strip();
  }

  @Override
  public void check(byte[] input) throws IOException, InterruptedException {
    Message request = request(input);
    if (exchanger == null) {
      exchanger = new Exchanger();
    }
    try {
      exchanger.check(request);
    } catch (IOException | RuntimeException | Error e) {
      exchanger.close();
      exchanger = null;
      throw e;
    }
  }

  /** What the input makes of a request that is one: the rest of its signs is left out. */
  private static Message request(byte[] input) {
    String text = new String(input, ISO_8859_1);
    int end = text.indexOf("\n\n");
    String head = end < 0 ? text : text.substring(0, end);
    byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(input, end + 2, input.length);
    String[] lines = head.split("\n", -1);
    String[] first = lines[0].split(" ", 2);
    String method = kept(first[0], TOKEN_SIGNS);
    boolean own = method.isEmpty() || Set.of("CONNECT", "HEAD", "TRACE").contains(method);
    String path = "/" + (first.length < 2 ? "" : escaped(kept(first[1], PATH_SIGNS)));
    List<String> fields = new ArrayList<>();
    for (int i = 1; i < Math.min(lines.length, MAX_FIELDS); i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : kept(lines[i].substring(0, colon), TOKEN_SIGNS);
      if (!name.isEmpty() && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        fields.add(name + ": " + printable(lines[i].substring(colon + 1)).strip());
      }
    }
    return new Message((own ? "POST" : method) + " " + path + " HTTP/1.1", fields, body);
  }

  private static String kept(String text, String signs) {
    StringBuilder kept = new StringBuilder();
    text.chars()
        .filter(c -> c < 0x80 && (Character.isLetterOrDigit(c) || signs.indexOf(c) >= 0))
        .forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /** Each percent sign begins an escape. */
  private static String escaped(String path) {
    return path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.chars().filter(c -> c >= ' ' && c < 0x7F).forEach(c -> printable.append((char) c));
    return printable.toString();
  }
}
