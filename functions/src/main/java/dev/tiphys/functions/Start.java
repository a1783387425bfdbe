package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Settling;
import dev.tiphys.functions.run.SkipReason;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Verdict;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts instances: one for each armed step that an event fires, or for each set of events that it
 * completes. What comes of each event is accounted for exactly once per step: an instance that
 * exists, or a place in what the step has heard.
 */
public final class Start {
  /** Instances of one step that may wait for their gate; beyond it the publisher is slowed down. */
  public static final int GATED_MAX = 1_000;

  private final Plan plan;
  private final RuleIndex rules;
  private final View view;
  private final CloudEvent event;
  private final Instant now;
  private final EventKey key;
  private final @Nullable Position position;
  private final EventRef ref;
  private final List<Effect> effects = new ArrayList<>();
  private final EventFates fates = new EventFates();
  private Run next;
  private Decision.Answer answer = new Decision.Answer.Done();

  private Start(Plan plan, RuleIndex rules, View view, CloudEvent event, Instant now) {
    this.plan = plan;
    this.now = now;
    this.rules = rules;
    this.view = view;
    this.event = event;
    this.key = EventKey.of(event);
    this.position = Steps.position(view.run(), event);
    this.ref = view.run().ref(key, position);
    this.next = view.run();
  }

  /**
   * What an event that belongs to the run, or comes from outside, starts in it.
   *
   * @param now when that is, for windows by time
   */
  public static Decision decide(
      Plan plan, RuleIndex rules, View view, CloudEvent event, Instant now) {
    return new Start(plan, rules, view, event, now).decide();
  }

  private Decision decide() {
    if (view.forgotten(position)) {
      fired().distinct().forEach(listener -> fates.known(listener, Fate.DUPLICATE));
      return new Decision(next, effects, answer, fates.all());
    }
    Set<String> steps = new HashSet<>();
    for (Rule.Start rule : rules.ofType(event.getType(), Rule.Start.class)) {
      if (!steps.add(Listener.of(rule))) {
        continue; // another input of a join, which sees to all of them
      }
      List<String> armed = armed(rule);
      if (armed.isEmpty()) {
        unheard(rule);
      }
      for (String path : armed) {
        Node.Armed node = next.armed(path);
        if (Position.endsStream(event)) {
          hear(path, node, ended(node.heard()), node.tally());
        } else if (plan.task(node.template()).gathers()) {
          gather(rule, path, node, plan.task(node.template()));
        } else {
          start(rule, path, node);
        }
      }
    }
    return switch (answer) {
      // it comes again, and is then taken by all who listen: a run has one memory for them
      case Decision.Answer.Busy busy -> new Decision(view.run(), List.of(), busy);
      case Decision.Answer.Full full ->
          new Decision(view.run(), List.of(), full, fates.allRefused());
      case Decision.Answer.Done _,
          Decision.Answer.Wake _,
          Decision.Answer.Rejected _,
          Decision.Answer.Late _ ->
          new Decision(next, effects, answer, fates.all());
    };
  }

  private List<String> armed(Rule.Start rule) {
    return Steps.armed(rules.steps(), next.nodes(), rule.scope(), rule.step()).entrySet().stream()
        .filter(e -> e.getValue().phase() == Phase.RUNNING)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Nobody waits for it: recorded, so that a step that is armed later knows what came before. */
  private void unheard(Rule.Start rule) {
    String name = Listener.step(rule.scope(), rule.step());
    Heard heard = next.unheard().getOrDefault(name, Heard.NOTHING);
    boolean passesBy = !firedFor(rule);
    if (Position.endsStream(event)) {
      next = position == null ? next : next.withUnheard(name, ended(heard));
    } else if (passesBy) {
      // what passes by a step from outside need not be known again: it passes by it each time
      next = position == null ? next : next.withUnheard(name, heard.with(ref));
    } else if (accounted(rule, heard) || hasHeard(rule)) {
      fates.known(Listener.of(rule), Fate.DUPLICATE);
    } else {
      Fate fate = Position.standsIn(event) ? Fate.REFUSED : missed(rule);
      if (position == null && fate == Fate.LATE) {
        fates.refused(Listener.of(rule), fate);
      } else if (!noRoom(Listener.of(rule))) {
        next = next.withUnheard(name, heard.with(ref));
        next = fates.counted(next, Listener.of(rule), fate);
      }
    }
  }

  /** Whether a node of the step that takes no more has taken the event before. */
  private boolean hasHeard(Rule.Start rule) {
    return nodes(rule).entrySet().stream()
        .anyMatch(
            e ->
                e.getValue().heard().contains(ref)
                    || view.exists(Names.instance(next.name(), e.getKey(), key)));
  }

  private Fate missed(Rule.Start rule) {
    if (view.run().phase().complete()) {
      late("run " + next.name() + " is over");
      return Fate.LATE;
    }
    if (!nodes(rule).isEmpty()) {
      if (nodes(rule).values().stream().anyMatch(this::stopped)) {
        return Fate.SUPERSEDED;
      }
      late(complete(rule));
      return Fate.LATE;
    }
    return Fate.EARLY;
  }

  private static String complete(Rule.Start rule) {
    return "`" + rule.step() + "` takes no more events: it is complete";
  }

  private SortedMap<String, Node.Armed> nodes(Rule.Start rule) {
    return Steps.armed(rules.steps(), next.nodes(), rule.scope(), rule.step());
  }

  private void late(String reason) {
    if (answer instanceof Decision.Answer.Done) {
      answer = new Decision.Answer.Late(reason);
    }
  }

  /** Those whom the event is for; what ends a stream is for nobody. */
  private Stream<String> fired() {
    return Position.endsStream(event)
        ? Stream.empty()
        : rules.firedBy(event, Rule.Start.class).stream().map(Listener::of);
  }

  private boolean firedFor(Rule.Start rule) {
    return fired().anyMatch(Listener.of(rule)::equals);
  }

  private boolean accounted(Rule.Start rule, Heard heard) {
    return view.accounted(Listener.of(rule), heard, ref);
  }

  /** Whether the event is refused, because nobody could tell afterwards that it was taken. */
  private boolean noRoom(String listener) {
    if (ref instanceof EventRef.Outside && view.run().memory().full()) {
      fates.refused(listener, Fate.REFUSED);
      answer = Decision.Answer.Full.of(next);
      return true;
    }
    return false;
  }

  private void start(Rule.Start rule, String path, Node.Armed node) {
    String name = Names.instance(next.name(), path, key);
    boolean fires = rule.on().matches(event) && !Position.standsIn(event);
    if (!fires && position == null) {
      return;
    }
    if (view.exists(name) || accounted(rule, node.heard())) {
      known(rule);
      // the first answer may have been lost, and with it what would have woken advance
      wakeAgain(node.heard(), name);
      return;
    }
    if (noRoom(Listener.of(rule))) {
      return;
    }
    if (!fires) {
      passBy(rule, path, node);
      return;
    }
    if (stopped(node)) {
      hear(path, node, node.tally().stop(), Fate.SUPERSEDED);
      return;
    }
    if (tooLate(path)) {
      fates.refused(Listener.of(rule), path, Fate.LATE);
      late(complete(rule));
      return;
    }
    TaskTemplate task = plan.task(node.template());
    Input.FromEvent input = task.createInputs().getFirst();
    Optional<String> value = input.valueIn(event);
    if (value.isEmpty()) {
      skip(path, node, SkipReason.MISSING_FIELD);
      reject("the event has no `" + input.objectField() + "`, which `" + task.name() + "` needs");
      return;
    }
    Optional<String> problem = Values.problem(value.get());
    if (problem.isPresent()) {
      skip(path, node, SkipReason.UNUSABLE_VALUE);
      reject("`" + task.name() + "` cannot be given the event's value: " + problem.get());
      return;
    }
    start(path, node, task, input.name(), value.get());
  }

  /** One that only passes by is nothing to the step, however often it comes. */
  private void known(Rule.Start rule) {
    if (firedFor(rule)) {
      fates.known(Listener.of(rule), Fate.DUPLICATE);
    }
  }

  /** It is not for the step, but of a stream that the step hears to its end. */
  private void passBy(Rule.Start rule, String path, Node.Armed node) {
    if (firedFor(rule)) {
      hear(path, node, node.tally(), Fate.REFUSED);
    } else {
      hear(path, node, node.heard().with(ref), node.tally());
    }
  }

  private boolean stopped(Node.Armed node) {
    if (node.stoppedUntil() == null) {
      return false;
    }
    OffsetDateTime arrived = Arrival.of(event);
    return arrived != null && !arrived.isAfter(node.stoppedUntil());
  }

  /**
   * Sent when there was nothing left to be done, by what the Broker says: one is not waited for.
   */
  private boolean tooLate(String path) {
    Settling settling = next.settling().get(path);
    if (settling == null) {
      return false;
    }
    OffsetDateTime arrived = Arrival.stamped(event);
    return arrived != null && arrived.toInstant().isAfter(settling.since());
  }

  /** One of several events that start an instance together. */
  private void gather(Rule.Start rule, String path, Node.Armed node, TaskTemplate task) {
    Gathering gathering = new Gathering(plan, rules.steps(), view, next, path, now);
    if (accounted(rule, node.heard())) {
      // the first try may have been cut short before what it closed was created
      created(gathering);
      known(rule);
      wakeAgain(node.heard(), "");
      return;
    }
    List<Input.FromEvent> inputs =
        task.createInputs().stream().filter(input -> input.on().matches(event)).toList();
    boolean fires = !inputs.isEmpty() && !Position.standsIn(event);
    if ((!fires && position == null) || noRoom(Listener.of(rule))) {
      return;
    }
    if (!fires) {
      passBy(rule, path, node);
    } else if (stopped(node)) {
      hear(path, node, node.tally().stop(), Fate.SUPERSEDED);
    } else if (tooLate(path)) {
      fates.refused(Listener.of(rule), path, Fate.LATE);
      late(complete(rule));
    } else {
      Contribution contribution = Contribution.of(event, inputs);
      Contribution.Problem problem = contribution.problem();
      if (problem != null) {
        skip(path, node, problem.reason());
        reject("`" + task.name() + "` cannot take the event: " + problem.text());
      } else {
        gather(path, task, gathering, contribution);
      }
    }
  }

  /** The event is to blame and nobody else: the step goes on. */
  private void undecided(String step, String reason) {
    reject("the condition of `" + step + "` cannot be decided: " + reason);
  }

  private void gather(
      String path, TaskTemplate task, Gathering gathering, Contribution contribution) {
    int gated = View.gated(view.at(path));
    Optional<String> busy =
        gated >= GATED_MAX
            ? Optional.of(gated + " instances of " + task.name() + " wait already")
            : gathering.add(contribution.values());
    if (busy.isPresent()) {
      answer = new Decision.Answer.Busy(busy.get());
      return;
    }
    Node.Armed node = gathering.node();
    hear(path, node, node.tally(), Fate.JOINED);
    created(gathering);
    if (position == null && new Quiescence(plan, view, next, now).alone(path)) {
      wake();
    }
    gathering.undecided().ifPresent(reason -> undecided(node.step(), reason));
  }

  /** That they exist is for {@code advance} to see, which then forgets the sets. */
  private void created(Gathering gathering) {
    effects.addAll(gathering.effects(false));
    if (!gathering.node().sets().closed().isEmpty()) {
      wake();
    }
  }

  /** Unless the event is to come again for another step: nothing else may be said then. */
  private void reject(String reason) {
    if (!comesAgain()) {
      answer = new Decision.Answer.Rejected(reason);
    }
  }

  private boolean comesAgain() {
    return answer instanceof Decision.Answer.Busy || answer instanceof Decision.Answer.Full;
  }

  private void start(String path, Node.Armed node, TaskTemplate task, String input, String value) {
    Step step = Steps.of(rules.steps(), next, node);
    Function<Text.Reference, String> values = valuesWith(node, input, value);
    Verdict verdict = step.when() == null ? new Verdict.Holds() : step.when().decide(values);
    Optional<SkipReason> skip =
        switch (verdict) {
          case Verdict.Undecided _ -> Optional.of(SkipReason.UNDECIDED);
          case Verdict.Fails _ -> Optional.of(SkipReason.CONDITION);
          case Verdict.Holds _ ->
              concurrencyAllows(path, task)
                  ? Optional.empty()
                  : Optional.of(SkipReason.CONCURRENCY);
        };
    if (skip.isPresent()) {
      skip(path, node, skip.get());
      if (verdict instanceof Verdict.Undecided(String reason)) {
        undecided(step.name(), reason);
      }
      return;
    }
    List<Instance> others = view.at(path);
    int gated = View.gated(others);
    if (gated >= GATED_MAX) {
      answer = new Decision.Answer.Busy(gated + " instances of " + task.name() + " wait already");
      return;
    }
    SortedMap<String, String> inputs = Values.inputs(task, step, values);
    inputs.put(input, value);
    // who came earlier and still waits goes first; the room of the whole run is advance's to share
    boolean gate = gated > 0 || View.active(others) >= task.limit() || plan.parallelism() != null;
    fates.known(next.listener(node), Fate.STARTED);
    effects.add(
        new Effect.CreateInstance(
            InstanceSpecs.caused(
                next,
                path,
                task,
                inputs,
                new Instance.Cause(key, position, event.getTime()),
                node.epoch(),
                gate)));
  }

  /** Within the step, its own event input comes before an input of the scope of the same name. */
  private Function<Text.Reference, String> valuesWith(Node.Armed node, String input, String value) {
    Function<Text.Reference, String> around = Values.of(next, next.scope(node.scope()).inputs());
    return reference ->
        reference instanceof Text.InputParameter(String name) && name.equals(input)
            ? value
            : around.apply(reference);
  }

  private boolean concurrencyAllows(String path, TaskTemplate task) {
    List<Instance> live =
        view.at(path).stream().filter(other -> !other.state().terminal()).toList();
    return switch (task.concurrencyPolicy()) {
      case ALLOW -> true;
      case FORBID -> live.isEmpty();
      case REPLACE -> {
        if (overtaken(path)) {
          yield false;
        }
        live.stream()
            .sorted(Comparator.comparing(Instance::name))
            .forEach(
                other ->
                    effects.add(
                        new Effect.StopInstance(other.name(), "replaced by a newer event")));
        yield true;
      }
    };
  }

  /** An older event of the stream that comes late must not replace a newer one's instance. */
  private boolean overtaken(String path) {
    return position != null
        && view.at(path).stream()
            .map(other -> other.identity().cause())
            .anyMatch(
                cause ->
                    cause != null
                        && cause.position() != null
                        && cause.position().stream().equals(position.stream())
                        && cause.position().sequence() > position.sequence());
  }

  private void skip(String path, Node.Armed node, SkipReason reason) {
    if (position == null && !reason.fate().taken()) {
      fates.refused(next.listener(node), path, reason.fate());
    } else {
      hear(path, node, node.tally().skip(reason), reason.fate());
    }
  }

  /** It has its fate at the step, and is remembered for it. */
  private void hear(String path, Node.Armed node, Tally tally, Fate fate) {
    hear(path, node, node.heard().with(ref), tally);
    Settling settling = next.settling().get(path);
    if (settling != null) {
      next = next.withSettling(path, settling.after(now, view.quiet()));
    }
    next = fates.counted(next, next.listener(node), fate);
  }

  private void hear(String path, Node.Armed node, Heard heard, Tally tally) {
    next = next.with(path, node.with(heard, tally));
    if (streamHasEnded(heard)) {
      wake();
    }
  }

  private void wakeAgain(Heard heard, String instance) {
    if (streamHasEnded(heard) || view.isGated(instance)) {
      wake();
    }
  }

  private boolean streamHasEnded(Heard heard) {
    return position != null && heard.stream(position.stream()).last() != null;
  }

  private void wake() {
    if (answer instanceof Decision.Answer.Done) {
      answer = new Decision.Answer.Wake();
    }
  }

  private Heard ended(Heard heard) {
    return position == null ? heard : heard.ended(position);
  }
}
