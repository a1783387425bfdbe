package dev.tiphys.sidecars.proxy;

import dev.tiphys.triggers.plan.Proxied.Requests;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One exchange as it passes. */
final class Observation {
  private static final String ATTRIBUTE = Observation.class.getName();

  private final Exchanges exchanges;
  private final Request request;
  private final Response response;
  private final String method;
  private final String host;
  private final String path;
  private final SortedMap<String, String> requestHeaders;
  private final BodyCopy sent;
  private final BodyCopy answered;
  private final long begun = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile SortedMap<String, String> responseHeaders = Collections.emptySortedMap();
  private volatile @Nullable Integer status;
  private volatile @Nullable Throwable failure;

  private Observation(Exchanges exchanges, Request request, Response response) {
    Requests settings = exchanges.settings();
    this.exchanges = exchanges;
    this.request = request;
    this.response = response;
    // now: a tunnel outlives its request, and the server uses that again
    String authority = request.getHttpURI().getAuthority();
    String asked = request.getHttpURI().getPath();
    this.method = request.getMethod();
    this.host = authority == null ? "" : authority;
    this.path = tunnel() || asked == null ? host : asked;
    this.requestHeaders = wanted(request.getHeaders());
    this.sent = new BodyCopy(settings.body().ofRequest() && !tunnel(), settings.bodyLimit());
    this.answered = new BodyCopy(settings.body().ofResponse() && !tunnel(), settings.bodyLimit());
  }

  /** Begins to observe. */
  static Observation of(Exchanges exchanges, Request request, Response response) {
    Observation observation = new Observation(exchanges, request, response);
    request.setAttribute(ATTRIBUTE, observation);
    return observation;
  }

  /** The one of a request. */
  static Observation of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Observation observation) {
      return observation;
    }
    throw new IllegalStateException("every request is observed");
  }

  /** Whether it asks for a tunnel, of which nothing is seen but its size. */
  boolean tunnel() {
    return HttpMethod.CONNECT.is(method);
  }

  /** The answer is complete, or will not be; whether a tunnel is open by it. */
  boolean answer() {
    int code = response.getStatus();
    status = code == 0 ? null : code;
    responseHeaders = wanted(response.getHeaders());
    return tunnel() && code == HttpStatus.OK_200;
  }

  /** Why there is no answer, or not all of it; the first reason counts. */
  void failed(Throwable reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  BodyCopy sent() {
    return sent;
  }

  BodyCopy answered() {
    return answered;
  }

  /** It is over; once. */
  void end() {
    if (ended.compareAndSet(false, true)) {
      exchanges.ended(data());
    }
  }

  private ExchangeData data() {
    Throwable reason = failure;
    return new ExchangeData(
        method,
        host,
        path,
        status,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        sent.message(requestHeaders),
        answered.message(responseHeaders),
        reason == null ? null : reason.toString(),
        0);
  }

  private SortedMap<String, String> wanted(HttpFields fields) {
    SortedMap<String, String> wanted = new TreeMap<>();
    for (String name : exchanges.settings().headers()) {
      if (fields.contains(name)) {
        wanted.put(name, String.join(", ", fields.getValuesList(name)));
      }
    }
    return wanted;
  }

  /** The request, whose body is seen as it is read. */
  Request request() {
    return new Request.Wrapper(request) {
      @Override
      public Content.Chunk read() {
        Content.Chunk chunk = super.read();
        if (chunk != null && chunk.hasRemaining()) {
          sent.add(chunk.getByteBuffer());
        }
        return chunk;
      }
    };
  }

  /** The answer, whose body is seen as it is written. */
  Response response(Request seen) {
    return new Response.Wrapper(seen, response) {
      @Override
      public void write(boolean last, ByteBuffer content, Callback callback) {
        if (content != null) {
          answered.add(content);
        }
        super.write(last, content, callback);
      }
    };
  }
}
