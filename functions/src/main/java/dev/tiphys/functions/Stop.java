package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Stops a task by an event. The stop is recorded on the run first, as a new epoch: an instance of
 * an earlier epoch is to end, also one that a start which ran beside this stop creates a moment
 * later.
 */
public final class Stop {
  private final View view;
  private final CloudEvent event;
  private final OffsetDateTime horizon;
  private final List<Effect> effects = new ArrayList<>();
  private Run next;

  private Stop(View view, CloudEvent event, OffsetDateTime horizon) {
    this.view = view;
    this.event = event;
    this.horizon = horizon;
    this.next = view.run();
  }

  /**
   * What an event that belongs to the run, or comes from outside, stops in it.
   *
   * @param now when that is: no event can stop what comes later
   */
  public static Decision decide(
      RuleIndex rules, Run run, List<Instance> instances, CloudEvent event, Instant now) {
    boolean empty =
        Position.endsStream(event) || Attributes.value(event, Attributes.REFUSED) != null;
    List<Rule.Stop> fired = empty ? List.of() : rules.firedBy(event, Rule.Stop.class);
    if (fired.isEmpty()) {
      return new Decision(run, List.of(), new Decision.Answer.Done());
    }
    if (run.phase().complete()) {
      return late(run, fired, event);
    }
    Stop stop = new Stop(new View(run, instances), event, horizon(event, now));
    fired.forEach(rule -> stop.stop(rule.task()));
    return new Decision(stop.next, stop.effects, new Decision.Answer.Wake());
  }

  /** Anybody may write any time into an event, or none: one of the far future would stop for good. */
  private static OffsetDateTime horizon(CloudEvent event, Instant now) {
    OffsetDateTime time = event.getTime();
    return time == null || time.toInstant().isAfter(now) ? now.atOffset(ZoneOffset.UTC) : time;
  }

  private static Decision late(Run run, List<Rule.Stop> fired, CloudEvent event) {
    EventKey key = EventKey.of(event);
    Position position = Steps.position(run, event);
    String task = fired.getFirst().task();
    Heard heard = run.stops().getOrDefault(task, Heard.NOTHING);
    Run next =
        heard.contains(key, position)
            ? run
            : run.withStop(task, heard.with(key, position)).withLate();
    return new Decision(
        next, List.of(), new Decision.Answer.Late("run " + run.name() + " is over"));
  }

  private void stop(String task) {
    EventKey key = EventKey.of(event);
    Position position = Steps.position(view.run(), event);
    Heard heard = next.stops().getOrDefault(task, Heard.NOTHING);
    if (!heard.contains(key, position)) {
      next = next.withStop(task, heard.with(key, position));
      record(task);
    }
    // also when the event comes again: the first try may have been cut short after the record
    outdated(next, view)
        .filter(instance -> instance.identity().task().equals(task))
        .forEach(i -> effects.add(new Effect.StopInstance(i.name(), "stopped by an event")));
  }

  private void record(String task) {
    List<String> existing =
        next.nodes().entrySet().stream()
            .filter(e -> e.getValue().template().equals(task))
            .map(Map.Entry::getKey)
            .toList();
    if (existing.isEmpty()) {
      TreeMap<String, OffsetDateTime> early = new TreeMap<>(next.earlyStops());
      early.merge(task, horizon, (a, b) -> a.isAfter(b) ? a : b);
      next = next.withEarlyStops(early);
    }
    for (String path : existing) {
      Node node = next.node(path);
      if (node.phase() == Phase.RUNNING) {
        next = next.with(path, stopped(node));
      }
    }
  }

  private Node stopped(Node node) {
    return switch (node) {
      case Node.Task task -> task.stop();
      case Node.Armed armed -> armed.stop(horizon);
      case Node.Scope scope -> scope;
    };
  }

  /**
   * Live instances that the run does not want any more: their node has completed or was stopped
   * after they were created. In the order of their names.
   */
  static Stream<Instance> outdated(Run run, View view) {
    return view.instances().stream()
        .filter(instance -> !instance.state().terminal())
        .filter(instance -> !wanted(run, instance))
        .sorted(Comparator.comparing(Instance::name));
  }

  private static boolean wanted(Run run, Instance instance) {
    Node node = run.nodes().get(instance.identity().node());
    if (node == null || node.phase().complete()) {
      return false;
    }
    return switch (node) {
      case Node.Task task -> !task.stopRequested();
      case Node.Armed armed -> instance.identity().epoch() >= armed.epoch();
      case Node.Scope scope -> false;
    };
  }
}
