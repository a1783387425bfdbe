package dev.tiphys.functions;

import dev.tiphys.functions.port.Backlog;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.NoRoom;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Refused;
import dev.tiphys.functions.port.RunParts;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
  private final OutsideEvents outside;
  private final Backlog backlog;
  private final Keys keys;
  private final InstantSource clock;
  private final ReactionObserver observer;
  private final Counters counters = new Counters();
  private final LogLimit log;
  private final Taken taken = new Taken();
  private final Turns turns = new Turns();
  private final Starting starting = new Starting();
  private final Refusals refusals = new Refusals();

  /**
   * Runs of one workflow that are active at once and that nobody but events has begun. Events that
   * come at the same moment may lead to a few more.
   */
  public static final int BEGUN_BY_EVENTS_MAX = 100;

  /** Looks at a run in a row: one that creates what has to wait, one that lets it go, and spare. */
  private static final int LOOKS_MAX = 5;

  /** One of the pure functions. */
  private interface Core {
    Decision decide(Deployed deployed, View view, CloudEvent event);

    default Look on(CloudEvent event) {
      return (deployed, view) -> decide(deployed, view, event);
    }
  }

  /** What is decided on a run as it is, each time that it is read. */
  private interface Look {
    Decision decide(Deployed deployed, View view);
  }

  /** How a function comes to its decision on a run. */
  private interface Deciding {
    Decided decide(Run run, Look look);
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

  public Reactions(
      Plans plans, Runs runs, RunParts parts, Instances instances, Keys keys, InstantSource clock) {
    this(plans, runs, parts, instances, keys, clock, ReactionObserver.NONE, Backlog.NONE);
  }

  public Reactions(
      Plans plans,
      Runs runs,
      RunParts parts,
      Instances instances,
      Keys keys,
      InstantSource clock,
      ReactionObserver observer,
      Backlog backlog) {
    this.admission = new Admission(plans, runs, keys, clock);
    this.runs = runs;
    this.outside = new OutsideEvents(parts);
    this.instances = instances;
    this.keys = keys;
    this.clock = clock;
    this.log = new LogLimit(clock);
    this.observer = observer;
    this.backlog = backlog;
  }

  /** What has become of events so far. */
  public Counters counters() {
    return counters;
  }

  /** The function as the Subscriber that it is. */
  public Subscriber subscriber(Reaction reaction) {
    return switch (reaction) {
      case BEGIN ->
          event -> {
            Response response = guarded(reaction, () -> begin(event));
            if (response.success()) {
              observer.passed(event, reaction);
            }
            return response;
          };
      case START ->
          reaction(
              reaction,
              (d, view, e) -> Start.decide(d.plan(), d.rules(), view, e, clock.instant()));
      case STOP ->
          reaction(reaction, (d, view, e) -> Stop.decide(d.rules(), view, e, clock.instant()));
      case UPDATE ->
          reaction(reaction, (d, view, e) -> Update.decide(d.plan(), d.rules(), view, e));
      case ADVANCE -> reaction(reaction, this::advance);
    };
  }

  /**
   * Ends a run from outside, as Failed: nothing of it begins any more, and what still runs is
   * stopped by the next look at it. Nothing if it is over already.
   *
   * @throws Unavailable if it cannot be written now
   */
  public void end(String name, String message) {
    decided(found(name), (deployed, view) -> ended(view.run(), Phase.FAILED, message));
  }

  /**
   * Has runs count the refused events that they do not count yet.
   *
   * @param all also those of runs that were written for that a moment ago, since this process ends
   * @throws Unavailable if one cannot be written now
   */
  public void countRefused(boolean all) {
    for (String name : refusals.waiting(all, clock.instant())) {
      Optional<Run> run = runs.find(name);
      run.ifPresentOrElse(
          its -> decided(its, (deployed, view) -> Decision.nothing(view.run())),
          () -> refusals.forget(name));
    }
  }

  private Decision advance(Deployed deployed, View view, CloudEvent event) {
    Run run = view.run();
    boolean stopped = run.control() == Run.Control.STOP;
    return Advance.decide(
        deployed.plan(),
        deployed.rules().steps(),
        stopped ? view.of(Advance.end(run, Phase.FAILED, "stopped by a person")) : view,
        clock.instant());
  }

  private Subscriber reaction(Reaction reaction, Core core) {
    Core timed =
        (deployed, view, event) -> timed(reaction, () -> core.decide(deployed, view, event));
    Deciding deciding = reaction == Reaction.START ? this::inTurn : this::decided;
    return event ->
        guarded(
            reaction,
            () ->
                inItsRuns(
                    reaction, event, (run, believed) -> inRun(run, believed, timed, deciding)));
  }

  /**
   * Each start counts what those before it create, so that parallelism holds; creating takes longer
   * than all the rest, and needs no turn.
   */
  private Decided inTurn(Run read, Look look) {
    return turns.take(
        read.name(),
        () -> {
          // it may be old by now
          Run run = runs.superseded(read) ? found(read.name()) : read;
          Decided decided = decided(run, look, name -> starting.with(name, instances::of));
          starting.begin(decided.created());
          return decided;
        });
  }

  private <T> T timed(Reaction reaction, Supplier<T> decision) {
    long begin = System.nanoTime();
    try {
      return decision.get();
    } finally {
      observer.decided(reaction, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  /** Anybody's event can meet what fails here, so each function logs it once a minute. */
  private Response guarded(Reaction reaction, Supplier<Response> work) {
    try {
      Response response = work.get();
      counters.count(Answers.outcome(response));
      return response;
    } catch (Refused e) {
      log.admit("refused by " + reaction, more -> LOG.warn("refused: {}{}", e.reason(), more));
      counters.count(Counters.Outcome.REJECTED);
      return Answers.rejected(e.reason());
    } catch (Unavailable e) {
      log.admit(
          "deferred by " + reaction,
          more -> LOG.warn("asked to come again: {}{}", e.getMessage(), more));
      counters.count(Counters.Outcome.DEFERRED);
      return Answers.unavailable(e);
    }
  }

  /**
   * What would be refused of an event, for a broker in the same process to tell its sender; 429
   * where too many runs that events have begun are active, and 503 where one has yet to begin that
   * could take it. Empty if nothing is refused.
   *
   * @param plan id of the plan whose Trigger would deliver the event
   */
  public Optional<Response> refusal(String plan, CloudEvent event) {
    if (namesRun(event)) {
      return refusalOfRequested(event);
    }
    return admission
        .planOf(plan)
        // what claims a run is judged when it is delivered
        .filter(deployed -> !Admission.claims(deployed, event))
        .flatMap(
            deployed ->
                switch (decideBegin(deployed, event)) {
                  case Begin.Outcome.Ignored() ->
                      unheard(deployed, event).or(() -> unremembered(deployed, event));
                  case Begin.Outcome.Rejected(String reason) ->
                      Optional.of(Answers.rejected(reason));
                  case Begin.Outcome.Forbidden(String reason) ->
                      Optional.of(Answers.forbidden(reason));
                  case Begin.Outcome.Begun(Run run) when full(run) ->
                      Optional.of(Answers.busy(tooMany(run)));
                  case Begin.Outcome.Begun(Run run) -> Optional.empty();
                });
  }

  /** Its sender can wait for another run, so it is no refusal for good. */
  private Optional<Response> unremembered(Deployed deployed, CloudEvent event) {
    return Unheard.toldBy(deployed.rules(), event)
        .flatMap(
            told ->
                runs.active(deployed.plan().workflow()).stream()
                    .filter(run -> run.memory().full())
                    .findFirst())
        .map(run -> Answers.busy(Decision.Answer.Full.of(run).reason()));
  }

  private Optional<Response> unheard(Deployed deployed, CloudEvent event) {
    return Unheard.toldBy(deployed.rules(), event)
        .filter(told -> runs.active(deployed.plan().workflow()).isEmpty())
        .map(told -> toNoRun(deployed, event))
        .filter(answer -> !answer.success());
  }

  private Response begin(CloudEvent event) {
    Optional<Deployed> deployed = admission.planOf(event);
    if (deployed.isEmpty()) {
      return Answers.rejected(Answers.NO_PLAN);
    }
    if (namesRun(event)) {
      return beginRequested(event);
    }
    return admission
        .claim(deployed.get(), event)
        .map(
            claim ->
                switch (claim) {
                  case Admission.Verdict.Dropped(String reason) ->
                      dropped(Reaction.BEGIN, event, reason);
                  case Admission.Verdict.Refused(Response response) -> response;
                  case Admission.Verdict.OfRun(_, CloudEvent believed) ->
                      begin(deployed.get(), believed);
                  case Admission.Verdict.FromOutside _ -> begin(deployed.get(), event);
                })
        .orElseGet(() -> begin(deployed.get(), event));
  }

  private Response begin(Deployed deployed, CloudEvent event) {
    return switch (decideBegin(deployed, event)) {
      case Begin.Outcome.Ignored() -> Response.accepted();
      case Begin.Outcome.Rejected(String reason) -> Answers.rejected(reason);
      case Begin.Outcome.Forbidden(String reason) ->
          forbidden(deployed, Counters.Refusal.PARAMETER, reason);
      case Begin.Outcome.Begun(Run run) when full(run) ->
          forbidden(deployed, Counters.Refusal.TOO_MANY_RUNS, tooMany(run));
      case Begin.Outcome.Begun(Run run) -> begin(run, event);
    };
  }

  private Begin.Outcome decideBegin(Deployed deployed, CloudEvent event) {
    return timed(
        Reaction.BEGIN,
        () -> Begin.decide(deployed.plan(), deployed.rules(), event, clock.instant()));
  }

  private static boolean namesRun(CloudEvent event) {
    return event.getType().equals(EventTypes.RUN_BEGIN)
        && Attributes.value(event, Attributes.RUN) != null;
  }

  /** What a stranger asks for is logged once a minute: each of the events is in the metrics. */
  private Response forbidden(Deployed deployed, Counters.Refusal why, String reason) {
    counters.count(why);
    String cause = deployed.plan().workflow() + ": " + reason;
    log.admit(cause, more -> LOG.warn("an event may not begin a run of {}{}", cause, more));
    return Answers.forbidden(reason);
  }

  /** A run that is there already may be begun again: that changes nothing. */
  private boolean full(Run run) {
    return runs.activeBegunByEvents(run.workflow()) >= BEGUN_BY_EVENTS_MAX
        && runs.find(run.name()).isEmpty();
  }

  private static String tooMany(Run run) {
    return "%d runs of %s that events have begun are active"
        .formatted(BEGUN_BY_EVENTS_MAX, run.workflow());
  }

  private Response begin(Run run, CloudEvent event) {
    Runs.Creation creation;
    try {
      creation = runs.create(remembering(run));
    } catch (Refused e) {
      return Answers.rejected(e.reason());
    }
    return switch (creation) {
      case CREATED -> begun(run, event);
      case EXISTS -> woken(run, event);
      case TAKEN ->
          Answers.rejected("there is a run " + run.name() + " that this event has not begun");
    };
  }

  private Run remembering(Run run) {
    return run.withMemory(OutsideMemory.withKey(keys.digestKey(run.name())));
  }

  /**
   * A person has created the run, and the event only names it. Whoever sends that gets what the
   * person has asked for.
   */
  private Response beginRequested(CloudEvent event) {
    String name = String.valueOf(Attributes.value(event, Attributes.RUN));
    if (hasData(event)) {
      return withData();
    }
    Optional<RunRequest> request = runs.requested(name);
    if (request.isEmpty()) {
      return runs.find(name).map(run -> woken(run, event)).orElseGet(() -> nobodys(name));
    }
    Run run = requested(request.get(), event);
    try {
      return runs.begin(remembering(run)) && !run.phase().complete()
          ? begun(run, event)
          : woken(run, event);
    } catch (Refused e) {
      return Answers.rejected(e.reason());
    }
  }

  private Optional<Response> refusalOfRequested(CloudEvent event) {
    String name = String.valueOf(Attributes.value(event, Attributes.RUN));
    if (hasData(event)) {
      return Optional.of(withData());
    }
    return runs.requested(name).isEmpty() && runs.find(name).isEmpty()
        ? Optional.of(nobodys(name))
        : Optional.empty();
  }

  private static boolean hasData(CloudEvent event) {
    return event.getData() != null && event.getData().toBytes().length > 0;
  }

  private static Response withData() {
    return Answers.rejected("an event that names the run which it begins has no data");
  }

  private static Response nobodys(String name) {
    return Answers.rejected("nobody has created a run " + name);
  }

  private Run requested(RunRequest request, CloudEvent event) {
    Optional<Deployed> deployed = admission.planOf(request.plan());
    if (deployed.isEmpty()) {
      return refused(request, "is not there");
    }
    boolean appliedLast = request.plan().equals(Attributes.value(event, Attributes.PLAN));
    return appliedLast || admission.served(request.plan())
        ? Begin.requested(deployed.get().plan(), deployed.get().rules(), request, clock.instant())
        : refused(
            request,
            "is served no longer, since another of its workflow was applied: apply it again");
  }

  private Run refused(RunRequest request, String problem) {
    return Run.refused(request, "plan " + request.plan() + " " + problem, clock.instant());
  }

  private Response begun(Run run, CloudEvent event) {
    LOG.info("run {} begins", run.name());
    return woken(run, event);
  }

  private Response woken(Run run, CloudEvent event) {
    keys.create(run.name());
    return Answers.wake(run, event, keys);
  }

  private Response inItsRuns(Reaction reaction, CloudEvent event, InRun each) {
    return switch (admission.of(event)) {
      case Admission.Verdict.Dropped(String reason) -> dropped(reaction, event, reason);
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
      case Admission.Verdict.FromOutside(Deployed here, List<Run> theirs) when theirs.isEmpty() ->
          inNoRun(reaction, here, event);
      case Admission.Verdict.FromOutside(_, List<Run> theirs) -> inEach(theirs, event, each);
    };
  }

  private Response dropped(Reaction reaction, CloudEvent event, String reason) {
    log.admit(
        "unsigned",
        more ->
            LOG.warn(
                "dropped {} from {}: {}{}",
                LogLimit.shown(event.getType()),
                LogLimit.shown(event.getSource()),
                LogLimit.shown(reason),
                more));
    counters.count(Counters.Outcome.UNSIGNED);
    return passed(reaction, event);
  }

  /** There is nothing to be done about it. */
  private Response passed(Reaction reaction, CloudEvent event) {
    observer.passed(event, reaction);
    return Response.accepted();
  }

  private Response inNoRun(Reaction reaction, Deployed here, CloudEvent event) {
    if (Unheard.toldBy(here.rules(), event).filter(told -> told == reaction).isEmpty()) {
      return passed(reaction, event);
    }
    Response answer = toNoRun(here, event);
    if (answer.success()) {
      return passed(reaction, event);
    }
    if (!answer.retryable()) {
      counters.count(Counters.Refusal.NO_RUN);
      log.admit(
          "no run of " + here.plan().workflow(),
          more -> LOG.warn("refused {}: {}{}", event.getType(), answer.problem(), more));
    }
    return answer;
  }

  /**
   * A run that was just created may be the one that the event is for. That is asked before it is
   * asked once more for active ones: else one that begins in between would be in neither answer.
   */
  private Response toNoRun(Deployed here, CloudEvent event) {
    String workflow = here.plan().workflow();
    if (taken.contains(event)) {
      return Response.accepted();
    }
    return runs.awaited(workflow) || !runs.active(workflow).isEmpty()
        ? Answers.unavailable("a run of " + workflow + " is about to begin")
        : Answers.rejected("no run of " + workflow + " is active, so nothing takes the event");
  }

  /** Only the watcher knows which version it has seen: an emitter's label would be a claim. */
  private void catchUp(CloudEvent believed) {
    String version = Attributes.value(believed, Attributes.RESOURCE_VERSION);
    if (version != null && believed.getType().startsWith(EventTypes.RESERVED_PREFIX)) {
      instances.catchUp(version);
    }
  }

  private Response inEach(List<Run> theirs, CloudEvent event, InRun each) {
    Response answer =
        theirs.size() == 1 ? each.react(theirs.getFirst(), event) : inSeveral(theirs, event, each);
    if (answer.success()) {
      taken.add(event);
    }
    return answer;
  }

  /**
   * An answer carries one event: where it is to wake several runs, {@code advance} is asked to look
   * at all. To move them on here would take rights that only {@code advance} has.
   */
  private Response inSeveral(List<Run> theirs, CloudEvent event, InRun each) {
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
      return perform(deciding.decide(read, core.on(event)), event);
    } catch (Refused e) {
      LOG.warn("run {} cannot go on: {}", read.name(), e.reason());
      Look end = (deployed, view) -> ended(view.run(), Phase.ERROR, e.reason());
      return perform(decided(found(read.name()), end), event);
    }
  }

  /** What still runs is for {@code advance} to stop. */
  private static Decision ended(Run run, Phase how, String reason) {
    return new Decision(Advance.end(run, how, reason), List.of(), new Decision.Answer.Wake());
  }

  private Run found(String name) {
    return runs.find(name).orElseThrow(() -> new Unavailable("run " + name + " is gone"));
  }

  private Decided decided(Run read, Look look) {
    return decided(read, look, instances::of);
  }

  /**
   * @param read the run as it was read before: it is read again only if that was too old
   */
  private Decided decided(Run read, Look look, Function<String, List<Instance>> its) {
    String name = read.name();
    Run run = read;
    for (int conflict = 0; conflict < CONFLICTS_MAX; conflict++, run = found(name)) {
      Deployed deployed = admission.planOf(run);
      List<Instance> seen = its.apply(name);
      Run base = outside.withRoom(run, seen);
      Decision decision =
          look.decide(deployed, new View(base, seen, outside.recall(base), backlog));
      if (conflict == 0) {
        refusals.add(name, decision.fates());
      }
      if (decision.next().equals(run) && !refusals.due(name, clock.instant())) {
        if (decision.effects().isEmpty()) {
          runs.show(run, () -> Summary.of(deployed.plan(), decision.next(), seen));
        }
        return new Decided(deployed, run, decision);
      }
      if (written(deployed, run, decision.next(), seen)) {
        return new Decided(deployed, run, decision);
      }
    }
    throw new Unavailable("run " + name + " is written by too many at once");
  }

  private boolean written(Deployed deployed, Run before, Run decided, List<Instance> seen) {
    Map<Decision.Fated, Integer> waiting = refusals.take(before.name(), clock.instant());
    boolean written = false;
    try {
      Run next = Refusals.counted(decided, waiting);
      Summary summary = Summary.of(deployed.plan(), next, seen);
      written = runs.replace(next, summary);
      if (written && next.phase().complete() && !before.phase().complete()) {
        LOG.info("run {} is over: {}; {}", next.name(), summary.phase().title(), summary.outcome());
      }
      return written;
    } finally {
      if (!written) {
        refusals.giveBack(before.name(), waiting);
      }
    }
  }

  private Response perform(Decided decided, CloudEvent event) {
    tell(decided, event, fate -> fate != Fate.STARTED);
    try {
      decided.decision().effects().forEach(this::perform);
    } finally {
      starting.end(decided.created());
    }
    tell(decided, event, fate -> fate == Fate.STARTED);
    Decision.Answer answer = decided.decision().answer();
    Set<String> queues = decided.queues();
    return queues.isEmpty()
        ? Answers.of(answer, decided.run(), event, keys)
        : lookAgain(decided, event, answer, queues);
  }

  private void tell(Decided decided, CloudEvent event, Predicate<Fate> which) {
    String run = decided.run().name();
    decided.decision().fates().stream()
        .filter(fated -> which.test(fated.fate()))
        .forEach(fated -> observer.fated(event, run, fated.listener(), fated.fate()));
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

  /** Where there is no room the event comes again, and the run says meanwhile what it lacks. */
  private void create(InstanceSpec spec) {
    try {
      if (instances.create(spec)) {
        Instance.Identity its = spec.identity();
        LOG.info("run {} starts {} of {}", its.run(), its.name(), its.task());
      }
    } catch (NoRoom e) {
      Instance.Identity identity = spec.identity();
      String message = String.valueOf(e.getMessage());
      decided(
          found(identity.run()), (deployed, view) -> Advance.delay(view, identity.node(), message));
      throw e;
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.CreateInstance(var spec) -> create(spec);
      case Effect.OpenGate(String instance) -> instances.openGate(instance);
      case Effect.UpdateInstance(String instance, var parameters, long revision) -> {
        starting.await(instance);
        instances.update(instance, parameters, revision);
      }
      case Effect.StopInstance(String instance, String reason) -> {
        starting.await(instance);
        instances.stop(instance, reason);
      }
      case Effect.GiveUpInstance(String instance, String reason) ->
          instances.giveUp(instance, reason);
      case Effect.DeleteInstance(String instance) -> instances.delete(instance);
    }
  }
}
