package dev.tiphys.functions.shell;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.LogLimit;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.http.CloudEventRequest;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import dev.tiphys.triggers.plan.Routes;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * HTTP in front of the functions: {@code POST /FUNCTION} or {@code /FUNCTION/PLAN} with a
 * CloudEvent, {@code GET /healthz}, {@code /livez} and {@code /metrics}. It may be opened before
 * the functions are there; events wait for them. An answer holds what the function said, the
 * event's trace, and nothing else of the request.
 */
final class HttpFront implements AutoCloseable {
  /** What a body may hold, in bytes. */
  static final int MAX_BODY_BYTES = 1 << 20;

  /** How long an event waits for the functions to be there. */
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  /** How long events that are being worked on have to end when the program is stopped. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);

  private static final String HEALTH = "/healthz";
  private static final String LIVENESS = "/livez";
  private static final String METRICS = "/metrics";

  /** The trace's id among the fields of a log line. */
  private static final String TRACE = "trace";

  /** What a Knative Broker writes into a dead letter: the status that it had got. */
  private static final String ERROR_CODE = "knativeerrorcode";

  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

  private final Future<? extends Functions> functions;
  private final BooleanSupplier ready;
  private final Gate gate;
  private final Metrics metrics;
  private final LogLimit limit = new LogLimit(InstantSource.system());
  private final HttpListener listener;

  private HttpFront(
      int port,
      Future<? extends Functions> functions,
      BooleanSupplier ready,
      Gate gate,
      Metrics metrics)
      throws IOException {
    this.functions = functions;
    this.ready = ready;
    this.gate = gate;
    this.metrics = metrics;
    this.listener = HttpListener.open(new InetSocketAddress(port), this::answer);
  }

  /**
   * Listens on all addresses.
   *
   * @param port 0 chooses a free one
   * @param ready whether what the functions need answers; asked at each {@code /healthz}
   * @param gate whose events are taken; health and metrics are told to all
   * @throws IOException if the port is taken
   */
  static HttpFront open(
      int port,
      Future<? extends Functions> functions,
      BooleanSupplier ready,
      Gate gate,
      Metrics metrics)
      throws IOException {
    return new HttpFront(port, functions, ready, gate, metrics);
  }

  /** The same, with everybody's events taken. */
  static HttpFront open(
      int port, Future<? extends Functions> functions, BooleanSupplier ready, Metrics metrics)
      throws IOException {
    return open(port, functions, ready, Gate.open(metrics), metrics);
  }

  int port() {
    return listener.address().getPort();
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals(HEALTH) || path.equals(LIVENESS) || path.equals(METRICS)) {
      if (!exchange.getRequestMethod().equals("GET")) {
        return HttpAnswer.methodNotAllowed("GET");
      }
      return switch (path) {
        case HEALTH -> health();
        // whoever can say so lives; that the API server is away is no reason to be restarted
        case LIVENESS -> HttpAnswer.empty(200);
        default -> metrics.scrape();
      };
    }
    Optional<FunctionPath> function = FunctionPath.parse(path);
    if (function.isEmpty() && !path.equals(Routes.DEAD_LETTER_PATH)) {
      return HttpAnswer.problem(404, "no function answers on this path");
    }
    Optional<HttpAnswer> refusal = gate.refusal(exchange.getRequestHeaders());
    return refusal.isPresent() ? refusal.get() : taken(exchange, function);
  }

  private HttpAnswer taken(HttpExchange exchange, Optional<FunctionPath> function)
      throws IOException, InterruptedException {
    return switch (CloudEventRequest.read(exchange, MAX_BODY_BYTES)) {
      case CloudEventRequest.Event(CloudEvent event) ->
          inItsTrace(
              event,
              exchange.getRequestHeaders(),
              trace -> function.isPresent() ? react(function.get(), event, trace) : bury(event));
      case CloudEventRequest.Refused(HttpAnswer refusal) -> refusal;
    };
  }

  /** Work on an event, with the trace that it belongs to. */
  private interface Work {
    HttpAnswer with(Optional<TraceContext> trace) throws InterruptedException;
  }

  private static HttpAnswer inItsTrace(CloudEvent event, Headers headers, Work work)
      throws InterruptedException {
    Optional<TraceContext> trace = TraceContext.of(event, headers);
    trace.ifPresent(it -> MDC.put(TRACE, it.traceId()));
    try {
      return work.with(trace);
    } finally {
      MDC.remove(TRACE);
    }
  }

  /**
   * A dead letter has been accounted for where that was possible; it is left to the log. Anybody
   * may post one, so it is logged once a minute for each kind of answer that the Broker had got.
   */
  private HttpAnswer bury(CloudEvent event) {
    metrics.deadLetter();
    String code = String.valueOf(Attributes.value(event, ERROR_CODE));
    limit.admit(
        "dead letter " + (STATUS.matcher(code).matches() ? code.substring(0, 1) : ""),
        more ->
            log.warn(
                "dead letter {} of {}, type {}: {}{}",
                LogLimit.shown(event.getId()),
                LogLimit.shown(event.getSource()),
                LogLimit.shown(event.getType()),
                LogLimit.shown(code),
                more));
    return HttpAnswer.empty(202);
  }

  private HttpAnswer health() {
    boolean serves = functions.state() == Future.State.SUCCESS && ready.getAsBoolean();
    return serves ? HttpAnswer.empty(200) : HttpAnswer.unavailable("not ready");
  }

  private HttpAnswer react(FunctionPath path, CloudEvent event, Optional<TraceContext> trace)
      throws InterruptedException {
    HttpAnswer answer = answer(path, event, trace);
    metrics.answered(path.reaction(), answer.status());
    return answer;
  }

  private HttpAnswer answer(FunctionPath path, CloudEvent event, Optional<TraceContext> trace)
      throws InterruptedException {
    try {
      Functions found = functions.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return answerOf(found.of(path.reaction()).apply(path.stamp(event)), trace);
    } catch (TimeoutException | ExecutionException e) {
      return HttpAnswer.unavailable("the functions have not started");
    } catch (Unavailable e) {
      limit.admit(
          "unavailable", more -> log.warn("{} cannot be taken now{}", shown(event), more, e));
      return HttpAnswer.unavailable("the cluster cannot answer now");
    } catch (RuntimeException e) {
      limit.admit(
          e.getClass().getName(),
          more -> log.error("{} met a fault of ours{}", shown(event), more, e));
      return HttpAnswer.problem(500, "a fault in the function; its log says more");
    }
  }

  private static String shown(CloudEvent event) {
    return LogLimit.shown(event.getId()) + " of " + LogLimit.shown(event.getSource());
  }

  private static HttpAnswer answerOf(Response response, Optional<TraceContext> trace) {
    if (!response.success()) {
      return HttpAnswer.problem(response.status(), response.problem());
    }
    CloudEvent reply = response.reply();
    return reply == null
        ? HttpAnswer.empty(response.status())
        : HttpAnswer.event(trace.map(it -> it.stamp(reply)).orElse(reply));
  }

  /** Takes nothing new, and lets what is being worked on end. */
  @Override
  public void close() {
    listener.close(STOP_GRACE);
  }
}
