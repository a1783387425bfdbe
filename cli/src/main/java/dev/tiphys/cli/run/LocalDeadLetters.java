package dev.tiphys.cli.run;

import dev.tiphys.functions.deadletter.DeadLetterPath;
import dev.tiphys.functions.deadletter.DeadLetters;
import dev.tiphys.functions.deadletter.Refusal;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.delivery.Scheduler;
import dev.tiphys.triggers.plan.Plan;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Events that local runs could not use: kept in files of the runs' folder, as on a cluster. */
final class LocalDeadLetters implements AutoCloseable {
  /** From one write of a file to the next: a disk bears more than an API server. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Plan plan;
  private final DeadLetters letters;
  private final AtomicLong count = new AtomicLong();

  LocalDeadLetters(
      Plan plan,
      Plans plans,
      Runs runs,
      Keys keys,
      RunParts parts,
      InstantSource clock,
      Scheduler scheduler) {
    this.plan = plan;
    this.letters = new DeadLetters(plans, runs, keys, parts, clock, scheduler, PACE);
  }

  /** The sink at the address that Triggers name. */
  Subscriber at(DeadLetterPath sink) {
    return letter -> {
      keep(sink.plan(), letter, Refusal.of(letter));
      return Subscriber.Response.accepted();
    };
  }

  /** One that was refused to its sender. */
  void refused(CloudEvent event, Subscriber.Response response) {
    keep(plan.id(), event, new Refusal(response.status(), response.problem(), Refusal.BROKER));
  }

  /** One that was taken, and that nobody listens to. */
  void unheard(CloudEvent event) {
    keep(plan.id(), event, new Refusal(0, "nobody listens to its type", Refusal.BROKER));
  }

  private void keep(String owner, CloudEvent event, Refusal refusal) {
    letters.keep(owner, event, refusal);
    count.incrementAndGet();
  }

  /** How many there were. */
  long count() {
    return count.get();
  }

  /** Writes what waits. */
  void flush() {
    letters.flush();
  }

  @Override
  public void close() {
    letters.close();
  }
}
