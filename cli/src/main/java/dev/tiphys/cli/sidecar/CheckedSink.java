package dev.tiphys.cli.sidecar;

import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.triggers.http.CloudEventRequest;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A sink that takes down what is posted, and makes trouble: it refuses the first two posts, every
 * fifth one after them, and the first marker with 503.
 */
final class CheckedSink implements AutoCloseable {
  private static final int REFUSED_AT_FIRST = 2;
  private static final int EVERY = 5;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int ACCEPTED = 202;
  private static final Duration POLL = Duration.ofMillis(20);

  private final List<Post> posts = new ArrayList<>();
  private final HttpListener listener;
  private boolean markerRefused;
  private int asked;

  CheckedSink() throws IOException {
    this.listener =
        HttpListener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::answer);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.address().getPort() + "/");
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException {
    String contentType =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), "");
    CloudEventRequest request = CloudEventRequest.read(exchange, MAX_BODY_BYTES);
    synchronized (posts) {
      return switch (request) {
        case CloudEventRequest.Refused(HttpAnswer answer) -> {
          posts.add(
              Post.unreadable(contentType, new String(answer.body(), StandardCharsets.UTF_8)));
          yield answer;
        }
        case CloudEventRequest.Event(var event) -> {
          Post post = Post.of(contentType, event, true);
          boolean taken = takes(post);
          posts.add(Post.of(contentType, event, taken));
          yield taken ? HttpAnswer.empty(ACCEPTED) : HttpAnswer.unavailable("not now");
        }
      };
    }
  }

  private boolean takes(Post post) {
    if (post.marker() && !markerRefused) {
      markerRefused = true;
      return false;
    }
    asked++;
    return asked > REFUSED_AT_FIRST && asked % EVERY != 0;
  }

  /** What was posted so far. */
  List<Post> posts() {
    synchronized (posts) {
      return List.copyOf(posts);
    }
  }

  /** Returns when enough was posted, or the time is over. */
  void await(Predicate<List<Post>> enough, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!enough.test(posts()) && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
    }
  }

  @Override
  public void close() {
    listener.close(Duration.ZERO);
  }
}
