package dev.tiphys.functions;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.Signature;
import dev.tiphys.triggers.event.StreamSource;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Tells which runs an event is for, and what of it may be believed. What claims to belong to a run
 * has to be signed for it; what claims nothing, or comes from a task of another workflow, is from
 * outside, and only of types that the workflow takes from there.
 */
final class Admission {
  /** The source of what anybody may have sent. */
  private static final URI UNSIGNED = URI.create("/tiphys/unsigned");

  private final Plans plans;
  private final Runs runs;
  private final Keys keys;
  private final Forgeries forgeries;

  /** Plans are immutable, so each is read and indexed once. */
  private final Map<String, Deployed> deployed = new ConcurrentHashMap<>();

  Admission(Plans plans, Runs runs, Keys keys, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.keys = keys;
    this.forgeries = new Forgeries(clock);
  }

  sealed interface Verdict {
    /**
     * The run's own.
     *
     * @param event what may be believed of it: nothing that carriers have added
     */
    record OfRun(Run run, CloudEvent event) implements Verdict {}

    /**
     * From outside.
     *
     * @param here the plan whose Trigger delivered it
     * @param runs for which it is
     */
    record FromOutside(Deployed here, List<Run> runs) implements Verdict {}

    /** Not to be believed; neither retried nor kept. */
    record Dropped(String reason) implements Verdict {}

    /** Cannot be used. */
    record Refused(Response response) implements Verdict {}
  }

  /**
   * What the event is.
   *
   * @throws Unavailable if that cannot be told now
   */
  Verdict of(CloudEvent event) {
    return claimedRun(() -> planOf(event), event)
        .map(run -> ofRun(event, run))
        .orElseGet(() -> fromOutside(event));
  }

  /**
   * The same of an event that claims a run of the plan's workflow; empty if it claims none.
   *
   * @throws Unavailable if that cannot be told now
   */
  Optional<Verdict> claim(Deployed here, CloudEvent event) {
    return claimedRun(() -> Optional.of(here), event).map(run -> ofRun(event, run));
  }

  /** Whether the event claims a run of the plan's workflow, be that true or not. */
  static boolean claims(Deployed here, CloudEvent event) {
    return claimedRun(() -> Optional.of(here), event).isPresent();
  }

  private static Optional<String> claimedRun(Supplier<Optional<Deployed>> here, CloudEvent event) {
    return Optional.ofNullable(Attributes.value(event, Attributes.RUN))
        .filter(run -> !ofAnotherWorkflow(here, event));
  }

  /**
   * Whether a task of another workflow has published it here. To say so wins nobody anything: it
   * then counts as what anybody may post.
   *
   * @param here asked for only if a task has published it: most events of ours need no plan
   */
  private static boolean ofAnotherWorkflow(Supplier<Optional<Deployed>> here, CloudEvent event) {
    Optional<StreamSource> source = StreamSource.parse(event.getSource().toString());
    return source.isPresent()
        && here.get()
            .filter(it -> !it.plan().workflow().equals(source.get().workflow()))
            .isPresent();
  }

  /**
   * What is wrong with an event that claims a part in a stream, and no run. Only the streams of a
   * run's emitters have ends and stand-ins: from anybody else these would be taken, and do nothing.
   */
  static Optional<String> misplaced(CloudEvent event) {
    if (Attributes.value(event, Attributes.RUN) != null) {
      return Optional.empty();
    }
    return Position.endsStream(event)
        ? Optional.of(misplaced(Attributes.END_OF_STREAM, "it ends the stream of a run's emitter"))
        : Optional.of(misplaced(Attributes.REFUSED, "it stands in for an event of a run's emitter"))
            .filter(reason -> Position.standsIn(event));
  }

  private static String misplaced(String attribute, String meaning) {
    return "the event names no run, and has the attribute `%s`: %s".formatted(attribute, meaning);
  }

  /** The plan whose Trigger delivered the event. */
  Optional<Deployed> planOf(CloudEvent event) {
    return Optional.ofNullable(Attributes.value(event, Attributes.PLAN)).flatMap(this::find);
  }

  /** The plan of that id. */
  Optional<Deployed> planOf(String id) {
    return find(id);
  }

  /**
   * Whether events of the plan's runs still reach the functions.
   *
   * @throws Unavailable if that cannot be told now
   */
  boolean served(String id) {
    return plans.served(id);
  }

  /** The plan that the run was begun with. */
  Deployed planOf(Run run) {
    return find(run.plan())
        .orElseThrow(() -> new Unavailable("plan " + run.plan() + " is not there"));
  }

  private Verdict ofRun(CloudEvent event, String name) {
    if (Attributes.value(event, Attributes.SIGNATURE) == null) {
      return unsigned(event, name);
    }
    if (Signature.version(event).isEmpty()) {
      return new Verdict.Dropped("its signature is none, or was made by an older Tiphys");
    }
    if (forgeries.known(event)) {
      return forged(name);
    }
    Optional<Run> run = runs.find(name);
    String workflow = run.map(Run::workflow).orElseGet(() -> workflowOf(event));
    if (!keys.vouchFor(event, workflow, name, () -> forgeries.firstSeen(event))) {
      // of a run that is gone the keys are gone too
      run.ifPresent(found -> forgeries.add(event));
      return forged(name);
    }
    return run.<Verdict>map(found -> new Verdict.OfRun(found, Attributes.withoutCarriers(event)))
        .orElseGet(() -> new Verdict.Refused(Answers.late("run " + name + " is gone")));
  }

  private static Verdict forged(String run) {
    return new Verdict.Dropped("it claims to belong to " + run + " and is not signed for it");
  }

  /** Anybody may have a run looked at. That it is looked at is all that is taken from the event. */
  private Verdict unsigned(CloudEvent event, String name) {
    if (!event.getType().equals(EventTypes.RUN_CHANGED)) {
      return forged(name);
    }
    return runs.find(name)
        .<Verdict>map(run -> new Verdict.OfRun(run, nameOnly(event, run)))
        .orElseGet(() -> new Verdict.Dropped("it names " + name + ", which is no run"));
  }

  private static CloudEvent nameOnly(CloudEvent event, Run run) {
    return CloudEventBuilder.v1()
        .withId(event.getId())
        // the sender's own could be that of an event which is yet to come
        .withSource(UNSIGNED)
        .withType(event.getType())
        .withExtension(Attributes.RUN, run.name())
        .build();
  }

  private static String workflowOf(CloudEvent event) {
    return StreamSource.parse(event.getSource().toString()).map(StreamSource::workflow).orElse("");
  }

  private Verdict fromOutside(CloudEvent event) {
    Optional<Deployed> plan = planOf(event);
    if (plan.isEmpty()) {
      return new Verdict.Refused(Answers.rejected(Answers.NO_PLAN));
    }
    if (!plan.get().rules().external(event.getType())) {
      return new Verdict.Dropped("only the run's own tasks emit this type, and it names no run");
    }
    return misplaced(event)
        .<Verdict>map(reason -> new Verdict.Refused(Answers.rejected(reason)))
        .orElseGet(
            () -> new Verdict.FromOutside(plan.get(), runs.active(plan.get().plan().workflow())));
  }

  private Optional<Deployed> find(String id) {
    Deployed known = deployed.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Deployed> read = plans.find(id).map(Deployed::of);
    read.ifPresent(plan -> deployed.put(id, plan));
    return read;
  }
}
