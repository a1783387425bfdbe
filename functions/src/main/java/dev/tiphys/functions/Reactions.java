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
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.StepIndex;
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
  private final Starting starting = new Starting();

  /** Looks at a run in a row: one that creates what has to wait, one that lets it go, and spare. */
  private static final int LOOKS_MAX = 5;

  /** One of the pure functions. */
  private interface Core {
    Decision decide(Deployed deployed, Run run, List<Instance> instances, CloudEvent event);
  }

  /** How a function comes to its decision on a run. */
  private interface Deciding {
    Decided decide(Run run, CloudEvent event, Core core);
  }

  /** What is done in one run, on what is believed of the event. */
  private interface InRun {
    Response react(Run run, CloudEvent believed);
  }

  /** A decision that is written, and whose effects are still to come. */
  private record Decided(Deployed deployed, Run run, Decision decision) {
    List<InstanceSpec> created() {
      return decision.effects().stream()
          .flatMap(e -> e instanceof Effect.CreateInstance(var spec) ? Stream.of(spec) : null)
          .toList();
    }

    /** The nodes at which it lets instances wait. */
    Set<String> queues() {
      return created().stream()
          .filter(InstanceSpec::gated)
          .map(spec -> spec.identity().node())
          .collect(Collectors.toSet());
    }
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
    this.admission = new Admission(plans, runs, keys, clock);
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
          reaction(
              reaction,
              (d, run, seen, e) ->
                  Start.decide(d.plan(), d.rules(), run, seen, e, clock.instant()));
      case STOP ->
          reaction(
              reaction, (d, run, seen, e) -> Stop.decide(d.rules(), run, seen, e, clock.instant()));
      case UPDATE ->
          reaction(reaction, (d, run, seen, e) -> Update.decide(d.plan(), d.rules(), run, seen, e));
      case ADVANCE -> reaction(reaction, this::advance);
    };
  }

  private Decision advance(Deployed deployed, Run run, List<Instance> observed, CloudEvent event) {
    return Advance.decide(
        deployed.plan(),
        deployed.rules().steps(),
        event.getType().equals(EventTypes.RUN_STOP) ? Advance.end(run, "stopped by a person") : run,
        observed,
        clock.instant());
  }

  private Subscriber reaction(Reaction reaction, Core core) {
    Core timed =
        (deployed, run, seen, event) ->
            timed(reaction, () -> core.decide(deployed, run, seen, event));
    Deciding deciding = reaction == Reaction.START ? this::inTurn : this::decided;
    return event ->
        guarded(() -> inItsRuns(event, (run, believed) -> inRun(run, believed, timed, deciding)));
  }

  /**
   * Each start counts what those before it create, so that parallelism holds; creating takes longer
   * than all the rest, and needs no turn.
   */
  private Decided inTurn(Run read, CloudEvent event, Core core) {
    return turns.take(
        read.name(),
        () -> {
          // it may be old by now
          Run run = runs.superseded(read) ? found(read.name()) : read;
          Decided decided = decided(run, event, core, name -> starting.with(name, instances::of));
          starting.begin(decided.created());
          return decided;
        });
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
    } catch (Refused e) {
      LOG.warn("refused: {}", e.reason());
      counters.count(Counters.Outcome.REJECTED);
      return Answers.rejected(e.reason());
    } catch (Unavailable e) {
      LOG.warn("asked to come again: {}", e.getMessage());
      counters.count(Counters.Outcome.DEFERRED);
      return Answers.unavailable(e);
    }
  }

  private Response begin(CloudEvent event) {
    Optional<Deployed> deployed = admission.planOf(event);
    if (deployed.isEmpty()) {
      return Answers.rejected(Answers.NO_PLAN);
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

  private Response inItsRuns(CloudEvent event, InRun each) {
    return switch (admission.of(event)) {
      case Admission.Verdict.Dropped(String reason) -> {
        LOG.warn("dropped {} from {}: {}", event.getType(), event.getSource(), reason);
        counters.count(Counters.Outcome.UNSIGNED);
        yield Response.accepted();
      }
      case Admission.Verdict.Refused(Response response) -> response;
      case Admission.Verdict.OfRun(Run run, CloudEvent believed) -> {
        catchUp(believed);
        yield Answers.wakesAll(believed)
            ? Answers.combined(
                runs.active(run.workflow()).stream()
                    .map(active -> movedOn(active, believed))
                    .toList())
            : each.react(run, believed);
      }
      case Admission.Verdict.FromOutside(List<Run> theirs) when theirs.size() == 1 ->
          each.react(theirs.getFirst(), event);
      case Admission.Verdict.FromOutside(List<Run> theirs) -> inEach(theirs, event, each);
    };
  }

  /** Only the watcher knows which version it has seen: an emitter's label would be a claim. */
  private void catchUp(CloudEvent believed) {
    String version = Attributes.value(believed, Attributes.RESOURCE_VERSION);
    if (version != null && believed.getType().startsWith(EventTypes.RESERVED_PREFIX)) {
      instances.catchUp(version);
    }
  }

  /**
   * An answer carries one event: where it is to wake several runs, {@code advance} is asked to look
   * at all. To move them on here would take rights that only {@code advance} has.
   */
  private Response inEach(List<Run> theirs, CloudEvent event, InRun each) {
    List<Response> answers = new ArrayList<>();
    Run woken = null;
    for (Run run : theirs) {
      Response answer = each.react(run, event);
      answers.add(answer);
      woken = woken == null && answer.reply() != null ? run : woken;
    }
    Response worst = Answers.combined(answers);
    return worst.retryable() || woken == null ? worst : Answers.wakeAll(woken, event, keys);
  }

  private Response movedOn(Run run, CloudEvent event) {
    Response last = inRun(run, event, this::advance, this::decided);
    for (int looks = 0; last.reply() != null; looks++) {
      if (looks == LOOKS_MAX) {
        throw new Unavailable("run " + run.name() + " does not settle");
      }
      last = inRun(found(run.name()), event, this::advance, this::decided);
    }
    return last;
  }

  private Response inRun(Run read, CloudEvent event, Core core, Deciding deciding) {
    try {
      return perform(deciding.decide(read, event, core), event);
    } catch (Refused e) {
      LOG.warn("run {} fails: {}", read.name(), e.reason());
      Core end = (deployed, run, instances, ignored) -> ended(run, e.reason());
      return perform(decided(found(read.name()), event, end), event);
    }
  }

  /** What still runs is for {@code advance} to stop. */
  private static Decision ended(Run run, String reason) {
    return new Decision(Advance.end(run, reason), List.of(), new Decision.Answer.Wake());
  }

  private Run found(String name) {
    return runs.find(name).orElseThrow(() -> new Unavailable("run " + name + " is gone"));
  }

  private Decided decided(Run read, CloudEvent event, Core core) {
    return decided(read, event, core, instances::of);
  }

  /**
   * @param read the run as it was read for this event: it is read again only if that was too old
   */
  private Decided decided(
      Run read, CloudEvent event, Core core, Function<String, List<Instance>> its) {
    String name = read.name();
    Run run = read;
    for (int conflict = 0; conflict < CONFLICTS_MAX; conflict++, run = found(name)) {
      Deployed deployed = admission.planOf(run);
      List<Instance> seen = its.apply(name);
      Decision decision = core.decide(deployed, run, seen, event);
      Run next = decision.next();
      if (next.equals(run) || runs.replace(next, Summary.of(deployed.plan(), next, seen))) {
        return new Decided(deployed, run, decision);
      }
    }
    throw new Unavailable("run " + name + " is written by too many at once");
  }

  private Response perform(Decided decided, CloudEvent event) {
    try {
      decided.decision().effects().forEach(this::perform);
    } finally {
      starting.end(decided.created());
    }
    Decision.Answer answer = decided.decision().answer();
    Set<String> queues = decided.queues();
    return queues.isEmpty()
        ? Answers.of(answer, decided.run(), event, keys)
        : lookAgain(decided, event, answer, queues);
  }

  /**
   * Whoever would have opened the gate may have looked just before the instance was queued. Any
   * instance that ends from now on will be seen to, so one more look is enough.
   */
  private Response lookAgain(
      Decided decided, CloudEvent event, Decision.Answer answer, Set<String> queues) {
    instances.catchUp();
    Run run = found(decided.run().name());
    List<Instance> all = instances.of(run.name());
    Plan plan = decided.deployed().plan();
    StepIndex steps = decided.deployed().rules().steps();
    boolean wake =
        queues.stream().anyMatch(path -> Advance.concernsQueue(plan, steps, run, all, path));
    return Answers.of(wake ? new Decision.Answer.Wake() : answer, run, event, keys);
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.CreateInstance(var spec) -> instances.create(spec);
      case Effect.OpenGate(String instance) -> instances.openGate(instance);
      case Effect.UpdateInstance(String instance, var parameters, long revision) -> {
        starting.await(instance);
        instances.update(instance, parameters, revision);
      }
      case Effect.StopInstance(String instance, String reason) -> {
        starting.await(instance);
        instances.stop(instance, reason);
      }
      case Effect.DeleteInstance(String instance) -> instances.delete(instance);
    }
  }
}
