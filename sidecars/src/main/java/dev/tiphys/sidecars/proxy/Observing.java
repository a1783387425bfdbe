package dev.tiphys.sidecars.proxy;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sees every exchange, and changes none. */
final class Observing extends Handler.Wrapper {
  private final Exchanges exchanges;

  Observing(Exchanges exchanges, Handler proxy) {
    super(proxy);
    this.exchanges = exchanges;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Observation observation = Observation.of(exchanges, request, response);
    Request seen = observation.request();
    try {
      return super.handle(seen, observation.response(seen), ended(observation, callback));
    } catch (Exception e) {
      observation.failed(e);
      observation.answer();
      observation.end();
      throw e;
    }
  }

  private static Callback ended(Observation observation, Callback callback) {
    return Callback.from(
        callback.getInvocationType(),
        () -> {
          if (!observation.answer()) {
            observation.end();
          }
          callback.succeeded();
        },
        failure -> {
          observation.failed(failure);
          observation.answer();
          observation.end();
          callback.failed(failure);
        });
  }
}
