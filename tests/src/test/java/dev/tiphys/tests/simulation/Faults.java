package dev.tiphys.tests.simulation;

import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.ForwardingRuns;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What goes wrong: answers get lost, the cluster is down for a moment, functions are killed before
 * and after each call of a port, others write in between, events come again much later.
 */
final class Faults {
  private static final int UNAVAILABLE = 503;
  private static final int MUCH_LATER_MILLIS = 5_000;
  private static final int LATER_MILLIS = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final RandomGenerator random;
  private final double rate;
  private final VirtualTime time;
  private boolean between;

  /**
   * What goes wrong under a seed.
   *
   * @param rate probability of each single fault
   */
  Faults(RandomGenerator random, double rate, VirtualTime time) {
    this.random = random;
    this.rate = rate;
    this.time = time;
  }

  RandomGenerator random() {
    return random;
  }

  VirtualTime time() {
    return time;
  }

  boolean strike() {
    return random.nextDouble() < rate;
  }

  /** Whether somebody else is at work while a function waits for a port. */
  boolean between() {
    return between;
  }

  /**
   * Where a port is called, and where it has answered: the cluster is down for a moment, the
   * function is killed, or something else happens meanwhile.
   */
  void mayStrike() {
    if (strike()) {
      if (random.nextBoolean()) {
        throw new Unavailable("simulated");
      }
      throw new Killed();
    }
    if (!between && strike()) {
      between = true;
      try {
        time.step();
      } finally {
        between = false;
      }
    }
  }

  /**
   * A Subscriber that may not be reached, whose answer may be lost, and that sees repeats; and to
   * whom an event may come after those that were published after it.
   *
   * @param replies takes what it answers to such events
   * @param killed is told that the process is gone that was at work
   */
  Subscriber on(Subscriber subscriber, Consumer<CloudEvent> replies, Runnable killed) {
    Subscriber mortal =
        event -> {
          try {
            return subscriber.deliver(event);
          } catch (Killed e) {
            killed.run();
            return Response.problem(UNAVAILABLE, "killed");
          }
        };
    return event -> {
      if (strike()) {
        return Response.problem(UNAVAILABLE, "not reached");
      }
      if (strike()) {
        time.runWithin(LATER_MILLIS, () -> overtaken(mortal, event, replies));
        return Response.accepted();
      }
      if (strike()) {
        time.runWithin(MUCH_LATER_MILLIS, () -> deliverAgain(mortal, event));
      }
      Response response = mortal.deliver(event);
      return strike() ? Response.problem(UNAVAILABLE, "the answer was lost") : response;
    };
  }

  /** Not every broker keeps the order. */
  private void overtaken(Subscriber subscriber, CloudEvent event, Consumer<CloudEvent> replies) {
    try {
      Response response = subscriber.deliver(event);
      if (response.retryable()) {
        time.runAfter(RETRY, () -> overtaken(subscriber, event, replies));
      } else if (response.reply() != null) {
        replies.accept(response.reply());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deliverAgain(Subscriber subscriber, CloudEvent event) {
    try {
      subscriber.deliver(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parts whose writes may conflict, or take effect without an answer. */
  RunParts on(RunParts parts) {
    return new RunParts() {
      @Override
      public Optional<Part> find(Owner owner, String purpose, int shard) {
        mayStrike();
        return parts.find(owner, purpose, shard);
      }

      @Override
      public Optional<Part> write(Part part) {
        mayStrike();
        Optional<Part> written = strike() ? Optional.empty() : parts.write(part);
        mayStrike();
        return written;
      }
    };
  }

  /** A store whose writes may conflict, or take effect without an answer. */
  Runs on(Runs runs) {
    return new ForwardingRuns(runs) {
      @Override
      public Optional<Run> find(String name) {
        mayStrike();
        return super.find(name);
      }

      @Override
      public Creation create(Run run) {
        mayStrike();
        Creation created = super.create(run);
        mayStrike();
        return created;
      }

      @Override
      public boolean replace(Run run, Summary summary) {
        mayStrike();
        if (strike()) {
          return false;
        }
        boolean replaced = super.replace(run, summary);
        mayStrike();
        return replaced;
      }
    };
  }
}
