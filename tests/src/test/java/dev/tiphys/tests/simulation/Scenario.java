package dev.tiphys.tests.simulation;

import dev.tiphys.knative.Options;
import dev.tiphys.tests.simulation.SimulatedTask.Behaviour;
import dev.tiphys.triggers.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated, under whatever seed.
 *
 * @param plans versions of one workflow; the second is applied while the first has a run, and both
 *     then have one
 * @param behaviours by task
 * @param senders who publishes from outside
 * @param podsGo probability that a pod goes without our stop
 * @param patience a person stops what is not over then; null: nobody does
 */
record Scenario(
    List<Plan> plans,
    Options options,
    Map<String, Behaviour> behaviours,
    List<Sender> senders,
    double podsGo,
    @Nullable Duration patience) {
  Scenario {
    plans = List.copyOf(plans);
    behaviours = Map.copyOf(behaviours);
    senders = List.copyOf(senders);
  }

  /**
   * Somebody outside, who publishes each event once, and some of them again, soon and much later.
   *
   * @param contents what the data are taken from; empty: an event has none
   * @param begin when the first may come, in milliseconds
   * @param span in how many milliseconds all come
   */
  record Sender(String type, int events, List<String> contents, int begin, int span) {
    Sender {
      contents = List.copyOf(contents);
    }
  }

  /** One run of one plan, of which nobody outside knows. */
  static Scenario of(Plan plan, Map<String, Behaviour> behaviours) {
    return new Scenario(List.of(plan), Options.defaults(), behaviours, List.of(), 0, null);
  }

  Scenario with(Options other) {
    return new Scenario(plans, other, behaviours, senders, podsGo, patience);
  }

  Scenario with(Sender... more) {
    return new Scenario(plans, options, behaviours, List.of(more), podsGo, patience);
  }

  Scenario beside(Plan other) {
    return new Scenario(
        List.of(plans.getFirst(), other), options, behaviours, senders, podsGo, patience);
  }

  Scenario wherePodsGo(double rate) {
    return new Scenario(plans, options, behaviours, senders, rate, patience);
  }

  Scenario stoppedAfter(Duration limit) {
    return new Scenario(plans, options, behaviours, senders, podsGo, limit);
  }
}
