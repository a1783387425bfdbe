package dev.tiphys.sidecars.publish;

import dev.tiphys.sidecars.contract.Limits;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets single events to the sink, however long that takes. */
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** Every so many vain tries of one event a warning is logged. */
  private static final int TRIES_PER_WARNING = 10;

  private final Transport transport;
  private final Backoff backoff;
  private final Surroundings.Pause pause;

  /** Over the transport, with the waits of these bounds. */
  public static Delivery over(Transport transport, Limits limits, Surroundings surroundings) {
    Backoff backoff =
        new Backoff(limits.firstBackoff(), limits.maxBackoff(), surroundings.random());
    return new Delivery(transport, backoff, surroundings.pause());
  }

  private Delivery(Transport transport, Backoff backoff, Surroundings.Pause pause) {
    this.transport = transport;
    this.backoff = backoff;
    this.pause = pause;
  }

  /** Tries until the sink has taken the event or refused it. */
  public Answer offer(CloudEvent event) throws InterruptedException {
    return until(answer -> !(answer instanceof Answer.Later), event);
  }

  /** Tries until the sink has taken the event, even where it refuses it at first. */
  public void insist(CloudEvent event) throws InterruptedException {
    until(answer -> answer instanceof Answer.Accepted, event);
  }

  private Answer until(Predicate<Answer> enough, CloudEvent event) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Answer answer = attempt(event);
      if (enough.test(answer)) {
        return answer;
      }
      if (tries % TRIES_PER_WARNING == 0) {
        LOG.warn("{} is not acknowledged after {} tries: {}", event.getId(), tries, answer);
      }
      pause.pause(backoff.before(tries));
    }
  }

  private Answer attempt(CloudEvent event) throws InterruptedException {
    try {
      return Answer.of(transport.post(event));
    } catch (IOException e) {
      return new Answer.Later(e.toString());
    }
  }
}
