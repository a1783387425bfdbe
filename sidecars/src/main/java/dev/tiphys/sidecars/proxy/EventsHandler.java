package dev.tiphys.sidecars.proxy;

import dev.tiphys.triggers.http.HttpAnswer;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The HTTP in front of {@link Taking}. */
final class EventsHandler extends Handler.Abstract {
  /** What a broker takes, too. */
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Taking taking;

  EventsHandler(Taking taking) {
    this.taking = taking;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpAnswer answer = answer(request);
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private HttpAnswer answer(Request request) throws Exception {
    if (!HttpMethod.POST.is(request.getMethod())) {
      return HttpAnswer.methodNotAllowed("POST");
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
      return body.length > MAX_BODY_BYTES
          ? HttpAnswer.problem(413, "a body of at most " + MAX_BODY_BYTES + " bytes is taken")
          : taking.answer(headers(request), body);
    }
  }

  private static Map<String, List<String>> headers(Request request) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.merge(
          field.getLowerCaseName(),
          List.of(field.getValue()),
          (one, other) -> Stream.of(one, other).flatMap(List::stream).toList());
    }
    return headers;
  }
}
