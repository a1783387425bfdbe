package dev.tiphys.triggers.delivery;

import dev.tiphys.triggers.broker.BrokerEvents;
import dev.tiphys.triggers.broker.Delivery;
import dev.tiphys.triggers.broker.Subscriber.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers by a Trigger's {@link Delivery}: again and again with growing waits, as Knative does.
 */
public final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final Scheduler scheduler;
  private final BrokerEvents observer;
  private final BooleanSupplier closed;

  /**
   * A courier for all Triggers of a broker.
   *
   * @param closed whether the broker is: no delivery is tried any more
   */
  public Courier(Scheduler scheduler, BrokerEvents observer, BooleanSupplier closed) {
    this.scheduler = scheduler;
    this.observer = observer;
    this.closed = closed;
  }

  /**
   * Delivers until it succeeds or further tries are of no use or used up.
   *
   * @param accept has the last word on an answer
   * @param end gets the last answer; not called when the broker is closed meanwhile
   */
  void deliver(Parcel parcel, UnaryOperator<Response> accept, Consumer<Response> end) {
    scheduler.run(() -> attempt(parcel, accept, end, 0));
  }

  /** Does what is to be done after a wait, unless the broker is closed by then. */
  void later(Duration wait, Runnable task) {
    scheduler.runAfter(
        wait,
        () -> {
          if (!closed.getAsBoolean()) {
            task.run();
          }
        });
  }

  private void attempt(
      Parcel parcel, UnaryOperator<Response> accept, Consumer<Response> end, int retries) {
    if (closed.getAsBoolean()) {
      return;
    }
    Response response = answer(parcel, accept);
    Delivery delivery = parcel.trigger().delivery();
    if (response.success() || !response.retryable() || retries >= delivery.retry()) {
      end.accept(response);
      return;
    }
    scheduler.runAfter(
        delivery.delayBefore(retries + 1), () -> attempt(parcel, accept, end, retries + 1));
    observer.retried(parcel.trigger(), parcel.event(), response);
  }

  private static Response answer(Parcel parcel, UnaryOperator<Response> accept) {
    try {
      return accept.apply(parcel.to().deliver(parcel.event()));
    } catch (IOException e) {
      return Response.problem(UNAVAILABLE, "no answer: " + e);
    } catch (RuntimeException | Error e) {
      // an Error too: a lane must go on whatever a Subscriber does
      log.error("a Subscriber of Trigger {} threw", parcel.trigger().name(), e);
      return Response.problem(INTERNAL_ERROR, e.toString());
    }
  }
}
