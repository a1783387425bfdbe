package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.broker.Subscriber;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.plan.Reaction;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The functions over their ports: finds what an event is about, decides, and does. */
public final class Reactions {
  private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);

  /** Tries to write a run that others write too, before the event is asked to come again. */
  private static final int CONFLICTS_MAX = 20;

  private final Admission admission;
  private final Runs runs;
  private final Instances instances;
  private final Keys keys;
  private final InstantSource clock;
  private final DecisionTimes times;
  private final Counters counters = new Counters();
  private final Turns turns = new Turns();

  /** Looks at a run in a row: one that creates what has to wait, one that lets it go, and spare. */
  private static final int LOOKS_MAX = 5;

  private static final Core ADVANCE =
      (deployed, run, instances, event) ->
          Advance.decide(
              deployed.plan(),
              deployed.rules().steps(),
              event.getType().equals(EventTypes.RUN_STOP)
                  ? Advance.end(run, "stopped by a person")
                  : run,
              instances);

  /** One of the pure functions. */
  private interface Core {
    Decision decide(Deployed deployed, Run run, List<Instance> instances, CloudEvent event);
  }

  /** Learns how long deciding took, without reading and writing. */
  @FunctionalInterface
  public interface DecisionTimes {
    /** Called after each decision, by whichever thread decided. */
    void decided(Reaction reaction, Duration took);
  }

  public Reactions(Plans plans, Runs runs, Instances instances, Keys keys, InstantSource clock) {
    this(plans, runs, instances, keys, clock, (reaction, took) -> {});
  }

  public Reactions(
      Plans plans,
      Runs runs,
      Instances instances,
      Keys keys,
      InstantSource clock,
      DecisionTimes times) {
    this.admission = new Admission(plans, runs, keys);
    this.runs = runs;
    this.instances = instances;
    this.keys = keys;
    this.clock = clock;
    this.times = times;
  }

  /** What has become of events so far. */
  public Counters counters() {
    return counters;
  }

  /** The function as the Subscriber that it is. */
  public Subscriber subscriber(Reaction reaction) {
    return switch (reaction) {
      case BEGIN -> event -> guarded(() -> begin(event));
      case START ->
          reaction(reaction, (d, run, seen, e) -> Start.decide(d.plan(), d.rules(), run, seen, e));
      case STOP ->
          reaction(
              reaction, (d, run, seen, e) -> Stop.decide(d.rules(), run, seen, e, clock.instant()));
      case ADVANCE -> reaction(reaction, ADVANCE);
    };
  }

  private Subscriber reaction(Reaction reaction, Core core) {
    Core timed =
        (deployed, run, seen, event) ->
            timed(reaction, () -> core.decide(deployed, run, seen, event));
    return event ->
        guarded(
            () -> inItsRuns(event, run -> inTurn(reaction, run, it -> inRun(it, event, timed))));
  }

  /** Each start counts what the one before it has created, so that parallelism holds. */
  private Response inTurn(Reaction reaction, Run run, Function<Run, Response> work) {
    return reaction == Reaction.START ? turns.take(run, this::found, work) : work.apply(run);
  }

  private <T> T timed(Reaction reaction, Supplier<T> decision) {
    long begin = System.nanoTime();
    try {
      return decision.get();
    } finally {
      times.decided(reaction, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private Response guarded(Supplier<Response> reaction) {
    try {
      Response response = reaction.get();
      counters.count(Answers.outcome(response));
      return response;
    } catch (Unavailable e) {
      LOG.warn("asked to come again: {}", e.getMessage());
      counters.count(Counters.Outcome.DEFERRED);
      return Answers.unavailable(e);
    }
  }

  private Response begin(CloudEvent event) {
    Optional<Deployed> deployed = admission.planOf(event);
    if (deployed.isEmpty()) {
      return Answers.rejected("no such plan");
    }
    Begin.Outcome outcome =
        timed(
            Reaction.BEGIN,
            () ->
                Begin.decide(
                    deployed.get().plan(), deployed.get().rules(), event, clock.instant()));
    return switch (outcome) {
      case Begin.Outcome.Ignored() -> Response.accepted();
      case Begin.Outcome.Rejected(String reason) -> Answers.rejected(reason);
      case Begin.Outcome.Begun(Run run) -> begin(run, event);
    };
  }

  private Response begin(Run run, CloudEvent event) {
    try {
      if (runs.create(run)) {
        LOG.info("run {} begins", run.name());
      }
    } catch (Refused e) {
      return Answers.rejected(e.reason());
    }
    keys.create(run.name());
    return Answers.wake(run, event, keys);
  }

  private Response inItsRuns(CloudEvent event, Function<Run, Response> each) {
    Admission.Verdict verdict = admission.of(event);
    Optional.ofNullable(Attributes.value(event, Attributes.RESOURCE_VERSION))
        .filter(version -> verdict instanceof Admission.Verdict.For)
        .ifPresent(instances::catchUp);
    return switch (verdict) {
      case Admission.Verdict.Dropped(String reason) -> {
        LOG.warn("dropped {} from {}: {}", event.getType(), event.getSource(), reason);
        counters.count(Counters.Outcome.UNSIGNED);
        yield Response.accepted();
      }
      case Admission.Verdict.Refused(Response response) -> response;
      case Admission.Verdict.For(List<Run> theirs) when Answers.wakesAll(event) ->
          Answers.combined(
              runs.active(theirs.getFirst().workflow()).stream()
                  .map(run -> movedOn(run, event))
                  .toList());
      case Admission.Verdict.For(List<Run> theirs) when theirs.size() == 1 ->
          each.apply(theirs.getFirst());
      case Admission.Verdict.For(List<Run> theirs) -> inEach(theirs, event, each);
    };
  }

  /**
   * An answer carries one event: where it is to wake several runs, {@code advance} is asked to look
   * at all. To move them on here would take rights that only {@code advance} has.
   */
  private Response inEach(List<Run> theirs, CloudEvent event, Function<Run, Response> each) {
    List<Response> answers = new ArrayList<>();
    Run woken = null;
    for (Run run : theirs) {
      Response answer = each.apply(run);
      answers.add(answer);
      woken = woken == null && answer.reply() != null ? run : woken;
    }
    Response worst = Answers.combined(answers);
    return worst.retryable() || woken == null ? worst : Answers.wakeAll(woken, event, keys);
  }

  private Response movedOn(Run run, CloudEvent event) {
    Response last = inRun(run, event, ADVANCE);
    for (int looks = 0; last.reply() != null; looks++) {
      if (looks == LOOKS_MAX) {
        throw new Unavailable("run " + run.name() + " does not settle");
      }
      last = inRun(found(run.name()), event, ADVANCE);
    }
    return last;
  }

  private Response inRun(Run read, CloudEvent event, Core core) {
    try {
      return decided(read, event, core);
    } catch (Refused e) {
      LOG.warn("run {} fails: {}", read.name(), e.reason());
      return decided(
          found(read.name()), event, (deployed, run, instances, ignored) -> ended(run, e.reason()));
    }
  }

  /** What still runs is for {@code advance} to stop. */
  private static Decision ended(Run run, String reason) {
    return new Decision(Advance.end(run, reason), List.of(), new Decision.Answer.Wake());
  }

  private Run found(String name) {
    return runs.find(name).orElseThrow(() -> new Unavailable("run " + name + " is gone"));
  }

  /**
   * @param read the run as it was read for this event: it is read again only if that was too old
   */
  private Response decided(Run read, CloudEvent event, Core core) {
    String name = read.name();
    Run run = read;
    for (int conflict = 0; conflict < CONFLICTS_MAX; conflict++, run = found(name)) {
      Deployed deployed = admission.planOf(run);
      List<Instance> seen = instances.of(name);
      Decision decision = core.decide(deployed, run, seen, event);
      Run next = decision.next();
      if (next.equals(run) || runs.replace(next, Summary.of(deployed.plan(), next, seen))) {
        decision.effects().forEach(this::perform);
        Set<String> queues = queues(decision);
        return queues.isEmpty()
            ? Answers.of(decision.answer(), run, event, keys)
            : lookAgain(deployed, event, decision.answer(), name, queues);
      }
    }
    throw new Unavailable("run " + name + " is written by too many at once");
  }

  /** The nodes at which the decision lets instances wait. */
  private static Set<String> queues(Decision decision) {
    return decision.effects().stream()
        .flatMap(e -> e instanceof Effect.CreateInstance(var spec) ? Stream.of(spec) : null)
        .filter(InstanceSpec::gated)
        .map(spec -> spec.identity().node())
        .collect(Collectors.toSet());
  }

  /**
   * Whoever would have opened the gate may have looked just before the instance was queued. Any
   * instance that ends from now on will be seen to, so one more look is enough.
   */
  private Response lookAgain(
      Deployed deployed,
      CloudEvent event,
      Decision.Answer answer,
      String name,
      Set<String> queues) {
    instances.catchUp();
    Run run = found(name);
    List<Instance> all = instances.of(name);
    boolean wake =
        queues.stream()
            .anyMatch(
                path ->
                    Advance.concernsQueue(
                        deployed.plan(), deployed.rules().steps(), run, all, path));
    return Answers.of(wake ? new Decision.Answer.Wake() : answer, run, event, keys);
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.CreateInstance(var spec) -> instances.create(spec);
      case Effect.OpenGate(String instance) -> instances.openGate(instance);
      case Effect.StopInstance(String instance, String reason) -> instances.stop(instance, reason);
      case Effect.DeleteInstance(String instance) -> instances.delete(instance);
    }
  }
}
