package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Listener;
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
  private final EventFates fates = new EventFates();
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
      rules.stream()
          .filter(rule -> !Position.endsStream(event) && rule.on().matches(event))
          .map(rule -> Listener.update(rule.task()))
          .distinct()
          .forEach(listener -> fates.known(listener, Fate.DUPLICATE));
      return new Decision(next, List.of(), answer, fates.all());
    }
    rules.stream()
        .collect(Collectors.groupingBy(Rule.Update::task, TreeMap::new, Collectors.toList()))
        .forEach(this::hear);
    if (answer instanceof Decision.Answer.Full) {
      return new Decision(view.run(), List.of(), answer, fates.allRefused());
    }
    // also when the event comes again: the first try may have been cut short after the record
    return new Decision(next, outstanding(next, view), answer, fates.all());
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
    String listener = Listener.update(task);
    List<Rule.Update> fired = rules.stream().filter(rule -> rule.on().matches(event)).toList();
    if (fired.isEmpty()) {
      next = position == null ? next : next.withUpdated(task, before.hear(ref));
    } else if (view.accounted(listener, before.heard(), ref)) {
      fates.known(listener, Fate.DUPLICATE);
      wakeAgain(task);
    } else if (position == null && next.memory().full()) {
      answer = Decision.Answer.Full.of(next);
      fates.refused(listener, Fate.REFUSED);
    } else {
      Fate fate = fate(fired);
      if (position == null && !fate.taken()) {
        fates.refused(listener, fate);
      } else {
        next = next.withUpdated(task, next.updated(task).hear(ref));
        next = fates.counted(next, listener, fate);
      }
    }
  }

  /** Gives the inputs of a task their values; one that gets it is enough. */
  private Fate fate(List<Rule.Update> fired) {
    if (Position.standsIn(event)) {
      return Fate.REFUSED;
    }
    if (next.phase().complete()) {
      answer = new Decision.Answer.Late("run " + next.name() + " is over");
      return Fate.LATE;
    }
    return fired.stream().map(this::update).min(Comparator.naturalOrder()).orElseThrow();
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

  private Fate update(Rule.Update rule) {
    Input.FromEvent input =
        plan.task(rule.task())
            .updateInputs()
            .filter(it -> it.name().equals(rule.input()))
            .findFirst()
            .orElseThrow();
    Optional<String> value = input.valueIn(event);
    if (value.isEmpty()) {
      reject("the event has no `" + input.objectField() + "`, which `" + rule.task() + "` needs");
      return Fate.MISSING_FIELD;
    }
    Optional<String> problem = Values.problem(value.get());
    if (problem.isPresent()) {
      reject("`" + rule.task() + "` cannot be given the event's value: " + problem.get());
      return Fate.UNUSABLE_VALUE;
    }
    Updated updated = next.updated(rule.task());
    if (updated.overtaken(input.name(), position)) {
      return Fate.SUPERSEDED;
    }
    next = next.withUpdated(rule.task(), updated.with(input.name(), value.get(), position));
    if (Objects.requireNonNull(input.updates()).strategy() == UpdateStrategy.RESTART) {
      restart(rule.task());
    }
    return Fate.UPDATED;
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
