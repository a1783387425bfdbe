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
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What goes wrong: answers get lost, functions die between two effects, writes conflict, events
 * come again much later.
 *
 * @param rate probability of each single fault
 */
record Faults(RandomGenerator random, double rate, VirtualTime time) {
  private static final int UNAVAILABLE = 503;
  private static final int MUCH_LATER_MILLIS = 5_000;

  boolean strike() {
    return random.nextDouble() < rate;
  }

  /** Throws as a cluster does that is down for a moment. */
  void mayBeUnavailable() {
    if (strike()) {
      throw new Unavailable("simulated");
    }
  }

  /** A Subscriber that may not be reached, whose answer may be lost, and that sees repeats. */
  Subscriber on(Subscriber subscriber) {
    return event -> {
      if (strike()) {
        return Response.problem(UNAVAILABLE, "not reached");
      }
      if (strike()) {
        time.runWithin(MUCH_LATER_MILLIS, () -> deliverAgain(subscriber, event));
      }
      Response response = subscriber.deliver(event);
      return strike() ? Response.problem(UNAVAILABLE, "the answer was lost") : response;
    };
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
        mayBeUnavailable();
        return parts.find(owner, purpose, shard);
      }

      @Override
      public Optional<Part> write(Part part) {
        Optional<Part> written = strike() ? Optional.empty() : parts.write(part);
        mayBeUnavailable();
        return written;
      }
    };
  }

  /** A store whose writes may conflict, or take effect without an answer. */
  Runs on(Runs runs) {
    return new ForwardingRuns(runs) {
      @Override
      public Optional<Run> find(String name) {
        mayBeUnavailable();
        return super.find(name);
      }

      @Override
      public Creation create(Run run) {
        Creation created = super.create(run);
        mayBeUnavailable();
        return created;
      }

      @Override
      public boolean replace(Run run, Summary summary) {
        if (strike()) {
          return false;
        }
        boolean replaced = super.replace(run, summary);
        mayBeUnavailable();
        return replaced;
      }
    };
  }
}
