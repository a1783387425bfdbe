package dev.tiphys.sidecars.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.sidecars.program.Program;
import dev.tiphys.triggers.http.CloudEventRequest;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The {@code eventtail} as a program: a subscriber that prints each event as one line of JSON, in
 * CloudEvents' JSON format. It is asked for by {@code tiphys events} and lives no longer.
 */
public final class EventTail implements Program {
  /** Where it listens, unless {@code PORT} says otherwise. */
  public static final int PORT = 8080;

  /** What a body may hold, in bytes. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private static final int ACCEPTED = 202;
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final EventFormat json =
      Objects.requireNonNull(
          EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
  private final PrintStream out;
  private final HttpListener listener;

  private EventTail(int port, PrintStream out) throws IOException {
    this.out = out;
    this.listener =
        HttpListener.open(
            new InetSocketAddress(port),
            exchange ->
                switch (CloudEventRequest.read(exchange, MAX_BODY_BYTES)) {
                  case CloudEventRequest.Event(CloudEvent event) -> print(event);
                  case CloudEventRequest.Refused(HttpAnswer refusal) -> refusal;
                });
  }

  /**
   * Listens.
   *
   * @param port 0 chooses a free one
   * @throws IOException if the port is taken
   */
  static EventTail open(int port, PrintStream out) throws IOException {
    return new EventTail(port, out);
  }

  /**
   * Starts it on standard output.
   *
   * @throws IOException if the port is taken
   */
  public static Start start(Map<String, String> environment) throws IOException {
    String port = environment.getOrDefault("PORT", Integer.toString(PORT));
    try {
      return new Started(open(Integer.parseInt(port), System.out));
    } catch (IllegalArgumentException e) {
      return new WrongSettings(List.of("PORT is " + port + ": give a number up to 65535"));
    }
  }

  int port() {
    return listener.address().getPort();
  }

  private HttpAnswer print(CloudEvent event) {
    String line = new String(json.serialize(event), UTF_8);
    synchronized (out) {
      out.println(line);
      out.flush();
    }
    return HttpAnswer.empty(ACCEPTED);
  }

  @Override
  public int end() {
    listener.close(GRACE);
    return OK;
  }

  @Override
  public CompletableFuture<Void> failed() {
    return new CompletableFuture<>();
  }
}
