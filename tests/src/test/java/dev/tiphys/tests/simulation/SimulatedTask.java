package dev.tiphys.tests.simulation;

import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A container that writes lines until it has no more, with its sidecars beside it. */
final class SimulatedTask {
  private static final int LINE_MILLIS_MAX = 30;

  /**
   * What a task does.
   *
   * @param lines how many lines it writes; more than anybody waits for where it never ends by
   *     itself
   * @param words what the lines are taken from
   * @param failureRate probability that it fails at its end
   * @param pause longest time between two lines, in milliseconds
   */
  record Behaviour(int lines, List<String> words, double failureRate, int pause) {
    Behaviour {
      words = List.copyOf(words);
    }

    /** One that writes as fast as most do. */
    Behaviour(int lines, List<String> words, double failureRate) {
      this(lines, words, failureRate, LINE_MILLIS_MAX);
    }
  }

  private final Behaviour behaviour;
  private final Map<EventSidecar, SimulatedStream> streams;
  private final VirtualTime time;
  private final RandomGenerator random;
  private int written;
  private boolean over;

  SimulatedTask(
      Behaviour behaviour,
      Map<EventSidecar, SimulatedStream> streams,
      VirtualTime time,
      RandomGenerator random) {
    this.behaviour = behaviour;
    this.streams = streams;
    this.time = time;
    this.random = random;
  }

  /** Runs; tells at the end whether it has failed. */
  void start(Consumer<Boolean> end) {
    emit(Moment.STARTED);
    goOn(end);
  }

  /** Somebody stopped it: what is not sent yet is thrown away. */
  void stopped() {
    over = true;
    streams.forEach(
        (sidecar, stream) -> {
          if (sidecar instanceof EventSidecar.StdoutWatcher) {
            stream.discard();
          }
        });
    emit(Moment.STOPPED);
    streams.values().forEach(SimulatedStream::end);
  }

  /** Its pod has gone with all that its sidecars had still to send. */
  void gone() {
    over = true;
    streams.values().forEach(SimulatedStream::cut);
  }

  /** Whether a stream of it has no end. */
  boolean cutOff() {
    return streams.values().stream().anyMatch(SimulatedStream::cutOff);
  }

  /** How many of its events nobody will ever hear of. */
  long lost() {
    return streams.values().stream().mapToLong(SimulatedStream::lost).sum();
  }

  private void goOn(Consumer<Boolean> end) {
    time.runWithin(behaviour.pause(), () -> next(end));
  }

  private void next(Consumer<Boolean> end) {
    if (over) {
      return;
    }
    if (streams.values().stream().anyMatch(SimulatedStream::full)) {
      goOn(end);
    } else if (written < behaviour.lines()) {
      written++;
      String line = behaviour.words().get(random.nextInt(behaviour.words().size()));
      streams.forEach(
          (sidecar, stream) -> {
            if (sidecar instanceof EventSidecar.StdoutWatcher) {
              stream.emit(line);
            }
          });
      goOn(end);
    } else {
      over = true;
      boolean failed = random.nextDouble() < behaviour.failureRate();
      emit(failed ? Moment.FAILURE : Moment.SUCCESS);
      end.accept(failed);
      streams.values().forEach(SimulatedStream::end);
    }
  }

  private void emit(Moment moment) {
    streams.forEach(
        (sidecar, stream) -> {
          if (sidecar instanceof EventSidecar.LifecycleWatcher watcher
              && watcher.on().contains(moment)) {
            stream.emit(moment.name());
          }
        });
  }
}
