package dev.tiphys.functions.shell;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.LogLimit;
import dev.tiphys.functions.deadletter.DeadLetterPath;
import dev.tiphys.functions.deadletter.Refusal;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.http.CloudEventRequest;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * HTTP in front of the functions: {@code POST /FUNCTION} or {@code /FUNCTION/PLAN} with a
 * CloudEvent, {@code /dead-letter/PLAN} with one that a broker gave up on, {@code GET /healthz},
 * {@code /livez} and {@code /metrics}. It may be opened before the functions are there; events wait
 * for them. An answer holds what the function said, the event's trace, and nothing else of the
 * request.
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

  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

  private final Future<? extends Functions> functions;
  private final Future<? extends DeadLetterSink> deadLetters;
  private final BooleanSupplier ready;
  private final Gate gate;
  private final Metrics metrics;
  private final LogLimit limit = new LogLimit(InstantSource.system());
  private final HttpListener listener;

  private HttpFront(
      int port,
      Future<? extends Functions> functions,
      Future<? extends DeadLetterSink> deadLetters,
      BooleanSupplier ready,
      Gate gate,
      Metrics metrics)
      throws IOException {
    this.functions = functions;
    this.deadLetters = deadLetters;
    this.ready = ready;
    this.gate = gate;
    this.metrics = metrics;
    this.listener = HttpListener.open(new InetSocketAddress(port), this::answer);
  }

  /**
   * Listens on all addresses.
   *
   * @param port 0 chooses a free one
   * @param deadLetters where events go that were given up on
   * @param ready whether what the functions need answers; asked at each {@code /healthz}
   * @param gate whose events are taken; health and metrics are told to all
   * @throws IOException if the port is taken
   */
  static HttpFront open(
      int port,
      Future<? extends Functions> functions,
      Future<? extends DeadLetterSink> deadLetters,
      BooleanSupplier ready,
      Gate gate,
      Metrics metrics)
      throws IOException {
    return new HttpFront(port, functions, deadLetters, ready, gate, metrics);
  }

  /** The same, with everybody's events taken, and dead letters counted alone. */
  static HttpFront open(
      int port, Future<? extends Functions> functions, BooleanSupplier ready, Metrics metrics)
      throws IOException {
    return open(port, functions, ready, Gate.open(metrics), metrics);
  }

  /** The same, with dead letters counted alone. */
  static HttpFront open(
      int port,
      Future<? extends Functions> functions,
      BooleanSupplier ready,
      Gate gate,
      Metrics metrics)
      throws IOException {
    return open(
        port,
        functions,
        CompletableFuture.completedFuture(DeadLetterSink.NONE),
        ready,
        gate,
        metrics);
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
    Optional<Work> work = work(path);
    if (work.isEmpty()) {
      return HttpAnswer.problem(404, "no function answers on this path");
    }
    Optional<HttpAnswer> refusal = gate.refusal(exchange.getRequestHeaders());
    return refusal.isPresent() ? refusal.get() : taken(exchange, work.get());
  }

  /** What is done with events that are posted there. */
  private Optional<Work> work(String path) {
    return FunctionPath.parse(path)
        .<Work>map(function -> (event, trace) -> react(function, event, trace))
        .or(() -> DeadLetterPath.parse(path).map(sink -> (event, _) -> bury(sink.plan(), event)));
  }

  private HttpAnswer taken(HttpExchange exchange, Work work)
      throws IOException, InterruptedException {
    return switch (CloudEventRequest.read(exchange, MAX_BODY_BYTES)) {
      case CloudEventRequest.Event(CloudEvent event) ->
          inItsTrace(event, exchange.getRequestHeaders(), work);
      case CloudEventRequest.Refused(HttpAnswer refusal) -> refusal;
    };
  }

  /** Work on an event, with the trace that it belongs to. */
  private interface Work {
    HttpAnswer on(CloudEvent event, Optional<TraceContext> trace) throws InterruptedException;
  }

  private static HttpAnswer inItsTrace(CloudEvent event, Headers headers, Work work)
      throws InterruptedException {
    Optional<TraceContext> trace = TraceContext.of(event, headers);
    trace.ifPresent(it -> MDC.put(TRACE, it.traceId()));
    try {
      return work.on(event, trace);
    } finally {
      MDC.remove(TRACE);
    }
  }

  /**
   * A dead letter is kept, or counted. Anybody may post one, so it is logged once a minute for each
   * kind of answer that the Broker had got, and never with its data.
   */
  private HttpAnswer bury(String plan, CloudEvent event) throws InterruptedException {
    Refusal refusal = Refusal.of(event);
    try {
      deadLetters.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS).keep(plan, event, refusal);
    } catch (TimeoutException | ExecutionException e) {
      return HttpAnswer.unavailable("the functions have not started");
    } catch (Unavailable e) {
      limit.admit(
          "dead letters unavailable",
          more -> log.warn("a dead letter cannot be taken now{}", more, e));
      return HttpAnswer.unavailable("the cluster cannot answer now");
    }
    metrics.deadLetter();
    limit.admit(
        "dead letter " + refusal.status() / 100,
        more ->
            log.warn(
                "dead letter {} of {}, type {}: {}{}",
                LogLimit.shown(event.getId()),
                LogLimit.shown(event.getSource()),
                LogLimit.shown(event.getType()),
                refusal.status(),
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
