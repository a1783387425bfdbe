package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.broker.Broker;
import dev.tiphys.triggers.delivery.Scheduler;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Wakes runs at the time that they ask for, as the run watcher does on a cluster. */
final class Timers {
  private final Scheduler scheduler;
  private final InstantSource clock;
  private final Keys keys;
  private final Supplier<Runs> runs;
  private final Supplier<Broker> broker;
  private final Set<Alarm> set = ConcurrentHashMap.newKeySet();

  private record Alarm(String run, Instant at) {}

  /**
   * @param runs asked for when a time has come, since they and this need each other
   * @param broker likewise
   */
  Timers(
      Scheduler scheduler,
      InstantSource clock,
      Keys keys,
      Supplier<Runs> runs,
      Supplier<Broker> broker) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.keys = keys;
    this.runs = runs;
    this.broker = broker;
  }

  /** The run was stored. */
  void stored(Run run) {
    run.wakeAt()
        .map(at -> new Alarm(run.name(), at))
        .filter(set::add)
        .ifPresent(
            alarm -> {
              Duration wait = Duration.between(clock.instant(), alarm.at());
              // a scheduler that counts in milliseconds must not be early
              scheduler.runAfter(
                  (wait.isNegative() ? Duration.ZERO : wait).plusMillis(1), () -> ring(alarm));
            });
  }

  private void ring(Alarm alarm) {
    set.remove(alarm);
    runs.get()
        .find(alarm.run())
        .filter(run -> run.wakeAt().filter(alarm.at()::equals).isPresent())
        .ifPresent(this::wake);
  }

  private void wake(Run run) {
    CloudEvent due = RunChanged.of(run, "due");
    keys.of(run.name()).ifPresent(its -> broker.get().publish(its.control().sign(due)));
  }
}
