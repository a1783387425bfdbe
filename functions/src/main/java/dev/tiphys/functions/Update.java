package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Updated;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.UpdateStrategy;
import io.cloudevents.CloudEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a task's instances newer values. The value is recorded on the run first, under a new
 * revision: instances that exist are given it, and one that is created later, or was created by a
 * start that had read the run before, has it or is given it when it shows itself.
 */
public final class Update {
  private final Plan plan;
  private final View view;
  private final CloudEvent event;
  private final EventKey key;
  private final @Nullable Position position;
  private final EventRef ref;
  private Run next;
  private Decision.Answer answer = new Decision.Answer.Done();

  private Update(Plan plan, View view, CloudEvent event) {
    this.plan = plan;
    this.view = view;
    this.event = event;
    this.key = EventKey.of(event);
    this.position = Steps.position(view.run(), event);
    this.ref = view.run().ref(key, position);
    this.next = view.run();
  }

  /** What an event that belongs to the run, or comes from outside, updates in it. */
  public static Decision decide(Plan plan, RuleIndex rules, View view, CloudEvent event) {
    return new Update(plan, view, event).decide(rules.ofType(event.getType(), Rule.Update.class));
  }

  private Decision decide(List<Rule.Update> rules) {
    if (view.forgotten(position)) {
      return new Decision(next, List.of(), answer);
    }
    rules.stream()
        .collect(Collectors.groupingBy(Rule.Update::task, TreeMap::new, Collectors.toList()))
        .forEach(this::hear);
    if (answer instanceof Decision.Answer.Full) {
      return new Decision(view.run(), List.of(), answer);
    }
    // also when the event comes again: the first try may have been cut short after the record
    return new Decision(next, outstanding(next, view), answer);
  }

  /** Live instances whose parameters are older than the run's, in the order of their names. */
  static List<Effect> outstanding(Run run, View view) {
    Set<String> unwanted = Stop.outdated(run, view).map(Instance::name).collect(Collectors.toSet());
    return view.instances().stream()
        .filter(instance -> !instance.state().terminal() && !unwanted.contains(instance.name()))
        .filter(i -> i.revision() < run.updated(i.identity().task()).revision())
        .sorted(Comparator.comparing(Instance::name))
        .<Effect>map(
            instance -> {
              Updated updated = run.updated(instance.identity().task());
              return new Effect.UpdateInstance(
                  instance.name(), updated.texts(), updated.revision());
            })
        .toList();
  }

  private void hear(String task, List<Rule.Update> rules) {
    Updated before = next.updated(task);
    if (Position.endsStream(event)) {
      next = position == null ? next : next.withUpdated(task, before.ended(position));
      return;
    }
    List<Rule.Update> fired =
        Position.standsIn(event)
            ? List.of()
            : rules.stream().filter(rule -> rule.on().matches(event)).toList();
    if (fired.isEmpty() && position == null) {
      return; // it passes by each time
    }
    if (view.accounted(Listener.update(task), before.heard(), ref)) {
      wakeAgain(task);
      return;
    }
    if (position == null && next.memory().full()) {
      answer = Decision.Answer.Full.of(next);
      return;
    }
    next = next.withUpdated(task, before.hear(ref));
    if (next.phase().complete() && !fired.isEmpty()) {
      next = next.withLate();
      answer = new Decision.Answer.Late("run " + next.name() + " is over");
    } else {
      fired.forEach(this::update);
    }
  }

  /** The first answer may have been lost, and with it what would have woken advance. */
  private void wakeAgain(String task) {
    boolean restarts =
        next.nodes().values().stream()
            .anyMatch(
                node ->
                    node instanceof Node.Task it
                        && it.template().equals(task)
                        && key.equals(it.restartedBy()));
    if (restarts) {
      wake();
    }
  }

  private void update(Rule.Update rule) {
    Input.FromEvent input =
        plan.task(rule.task())
            .updateInputs()
            .filter(it -> it.name().equals(rule.input()))
            .findFirst()
            .orElseThrow();
    Optional<String> value = input.valueIn(event);
    if (value.isEmpty()) {
      reject("the event has no `" + input.objectField() + "`, which `" + rule.task() + "` needs");
      return;
    }
    Optional<String> problem = Values.problem(value.get());
    if (problem.isPresent()) {
      reject("`" + rule.task() + "` cannot be given the event's value: " + problem.get());
      return;
    }
    Updated updated = next.updated(rule.task());
    if (updated.overtaken(input.name(), position)) {
      return;
    }
    next = next.withUpdated(rule.task(), updated.with(input.name(), value.get(), position));
    if (Objects.requireNonNull(input.updates()).strategy() == UpdateStrategy.RESTART) {
      restart(rule.task());
    }
  }

  /** One that has ended by itself has had its last value. */
  private void restart(String task) {
    TreeMap<String, Node> nodes = new TreeMap<>(next.nodes());
    for (Map.Entry<String, Node> entry : next.nodes().entrySet()) {
      if (entry.getValue() instanceof Node.Task node
          && node.template().equals(task)
          && node.phase() == Phase.RUNNING
          && !node.stopRequested()
          && !hasEnded(node.instance(next.name(), entry.getKey()))
          // else the event is one so old that it is not remembered: it was restarted by it before
          && !view.exists(node.restart(key).instance(next.name(), entry.getKey()))) {
        nodes.put(entry.getKey(), node.restart(key));
        wake();
      }
    }
    next = next.withNodes(nodes);
  }

  private boolean hasEnded(String instance) {
    return view.find(instance).filter(it -> it.state().terminal()).isPresent();
  }

  private void wake() {
    answer = new Decision.Answer.Wake();
  }

  /** Unless a restart is to be seen to: nobody else would wake advance for that. */
  private void reject(String reason) {
    if (!(answer instanceof Decision.Answer.Wake)) {
      answer = new Decision.Answer.Rejected(reason);
    }
  }
}
