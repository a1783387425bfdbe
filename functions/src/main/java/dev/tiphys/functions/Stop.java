package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stops a task by an event. The stop is recorded on the run first, as a new epoch: an instance of
 * an earlier epoch is to end, also one that a start which ran beside this stop creates a moment
 * later.
 */
public final class Stop {
  private final View view;
  private final CloudEvent event;
  private final @Nullable Position position;
  private final EventRef ref;
  private final OffsetDateTime horizon;
  private final List<Effect> effects = new ArrayList<>();
  private final EventFates fates = new EventFates();
  private Run next;

  private Stop(View view, CloudEvent event, @Nullable Position position, OffsetDateTime horizon) {
    this.view = view;
    this.event = event;
    this.position = position;
    this.ref = view.run().ref(EventKey.of(event), position);
    this.horizon = horizon;
    this.next = view.run();
  }

  /**
   * What an event that belongs to the run, or comes from outside, stops in it.
   *
   * @param now when that is: no event can stop what comes later
   */
  public static Decision decide(RuleIndex rules, View view, CloudEvent event, Instant now) {
    Run run = view.run();
    Position position = Steps.position(run, event);
    SortedSet<String> matching =
        tasks(Position.endsStream(event) ? List.of() : rules.firedBy(event, Rule.Stop.class));
    Stop stop = new Stop(view, event, position, horizon(event, now));
    SortedSet<String> fired = Position.standsIn(event) ? new TreeSet<>() : matching;
    if (view.forgotten(position)) {
      matching.forEach(task -> stop.fates.known(Listener.stop(task), Fate.DUPLICATE));
      return stop.decision(new Decision.Answer.Done());
    }
    if (position == null && run.memory().full() && fired.stream().anyMatch(stop::isNew)) {
      fired.forEach(task -> stop.fates.refused(Listener.stop(task), Fate.REFUSED));
      return stop.decision(Decision.Answer.Full.of(run));
    }
    boolean late = run.phase().complete();
    matching.forEach(task -> stop.hear(task, late, fired.contains(task)));
    tasks(rules.ofType(event.getType(), Rule.Stop.class)).forEach(stop::hear);
    return stop.decision(
        fired.isEmpty()
            ? new Decision.Answer.Done()
            : late
                ? new Decision.Answer.Late("run " + run.name() + " is over")
                : new Decision.Answer.Wake());
  }

  private Decision decision(Decision.Answer answer) {
    return new Decision(next, effects, answer, fates.all());
  }

  private static SortedSet<String> tasks(List<Rule.Stop> rules) {
    return rules.stream().map(Rule.Stop::task).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Anybody may write any time into an event, or none: one of the far future would stop for good.
   */
  private static OffsetDateTime horizon(CloudEvent event, Instant now) {
    OffsetDateTime time = Arrival.of(event);
    return time == null || time.toInstant().isAfter(now) ? now.atOffset(ZoneOffset.UTC) : time;
  }

  private void hear(String task, boolean late, boolean fires) {
    String listener = Listener.stop(task);
    if (!isNew(task)) {
      fates.known(listener, Fate.DUPLICATE);
    } else if (late && position == null) {
      fates.refused(listener, Fate.LATE);
    } else {
      next = next.withStop(task, heard(task).with(ref));
      next = fates.counted(next, listener, fate(task, late, fires));
      if (!late && fires) {
        record(task);
      }
    }
    if (!late && fires) {
      stop(task);
    }
  }

  private Fate fate(String task, boolean late, boolean fires) {
    if (!fires) {
      return Fate.REFUSED;
    }
    List<Node> its =
        next.nodes().values().stream().filter(node -> node.template().equals(task)).toList();
    boolean over = !its.isEmpty() && its.stream().allMatch(node -> node.phase().complete());
    return late || over ? Fate.LATE : Fate.STOPPED;
  }

  private void stop(String task) {
    // also when the event comes again: the first try may have been cut short after the record
    outdated(next, view)
        .filter(instance -> instance.identity().task().equals(task))
        .forEach(i -> effects.add(new Effect.StopInstance(i.name(), "stopped by an event")));
  }

  /**
   * Keeps account of the run's own streams also where they stop nothing: who has emitted a stop is
   * only forgotten when it was heard to the end.
   */
  private void hear(String task) {
    if (position != null) {
      Heard heard = heard(task);
      next =
          next.withStop(task, Position.endsStream(event) ? heard.ended(position) : heard.with(ref));
    }
  }

  private boolean isNew(String task) {
    return !view.accounted(Listener.stop(task), heard(task), ref);
  }

  private Heard heard(String task) {
    return next.stops().getOrDefault(task, Heard.NOTHING);
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
      if (!node.phase().complete()) {
        next = next.with(path, stopped(path, node));
      }
    }
  }

  private Node stopped(String path, Node node) {
    return switch (node) {
      case Node.Task task -> task.stop();
      case Node.Armed armed -> Gathering.seen(next, view, path, armed).stop(horizon);
      case Node.Scope scope -> scope;
    };
  }

  /**
   * Live instances that the run does not want any more: their node has completed, was stopped or
   * restarted after they were created, or has recorded their event as starting nothing (another
   * delivery of it saw the step otherwise). In the order of their names.
   */
  static Stream<Instance> outdated(Run run, View view) {
    return view.instances().stream()
        .filter(instance -> !instance.state().terminal())
        .filter(instance -> !wanted(run, instance))
        .sorted(Comparator.comparing(Instance::name));
  }

  private static boolean wanted(Run run, Instance instance) {
    String path = instance.identity().node();
    Node node = run.nodes().get(path);
    if (node == null || node.phase().complete()) {
      return false;
    }
    return switch (node) {
      case Node.Task task ->
          !task.stopRequested() && instance.name().equals(task.instance(run.name(), path));
      case Node.Armed armed ->
          instance.identity().epoch() >= armed.epoch()
              && !run.folded(instance)
              && (armed.phase() == Phase.RUNNING || instance.state() != Instance.State.GATED);
      case Node.Scope scope -> false;
    };
  }
}
