package dev.tiphys.functions;

import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.triggers.broker.Subscriber.Response;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Signature;
import dev.tiphys.triggers.event.StreamSource;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which runs an event is for. What claims to belong to a run has to be signed by it; what
 * claims nothing, or comes from a task of another workflow, is from outside, and only of types that
 * the workflow takes from there.
 */
final class Admission {
  private final Plans plans;
  private final Runs runs;
  private final Keys keys;

  /** Plans are immutable, so each is read and indexed once. */
  private final Map<String, Deployed> deployed = new ConcurrentHashMap<>();

  Admission(Plans plans, Runs runs, Keys keys) {
    this.plans = plans;
    this.runs = runs;
    this.keys = keys;
  }

  sealed interface Verdict {
    /** For these runs; none is fine. */
    record For(List<Run> runs) implements Verdict {}

    /** Not to be believed; neither retried nor kept. */
    record Dropped(String reason) implements Verdict {}

    /** Cannot be used. */
    record Refused(Response response) implements Verdict {}
  }

  Verdict of(CloudEvent event) {
    String claimed = Attributes.value(event, Attributes.RUN);
    return claimed == null || ofAnotherWorkflow(event) ? fromOutside(event) : ofRun(event, claimed);
  }

  /**
   * Whether a task of another workflow has published it here. To say so wins nobody anything: it
   * then counts as what anybody may post.
   */
  private boolean ofAnotherWorkflow(CloudEvent event) {
    Optional<StreamSource> source = StreamSource.parse(event.getSource().toString());
    return source.isPresent()
        && planOf(event)
            .filter(here -> !here.plan().workflow().equals(source.get().workflow()))
            .isPresent();
  }

  /** The plan whose Trigger delivered the event. */
  Optional<Deployed> planOf(CloudEvent event) {
    return Optional.ofNullable(Attributes.value(event, Attributes.PLAN)).flatMap(this::find);
  }

  /** The plan of that id. */
  Optional<Deployed> planOf(String id) {
    return find(id);
  }

  /** The plan that the run was begun with. */
  Deployed planOf(Run run) {
    return find(run.plan())
        .orElseThrow(() -> new Unavailable("plan " + run.plan() + " is not there"));
  }

  private Verdict ofRun(CloudEvent event, String name) {
    if (!signed(event, keys.of(name)) && !signed(event, keys.afresh(name))) {
      return new Verdict.Dropped("it claims to belong to " + name + " and is not signed by it");
    }
    return runs.find(name)
        .<Verdict>map(run -> new Verdict.For(List.of(run)))
        .orElseGet(() -> new Verdict.Refused(Answers.late("run " + name + " is gone")));
  }

  private static boolean signed(CloudEvent event, Optional<byte[]> key) {
    return key.isPresent() && Signature.verify(event, key.get());
  }

  private Verdict fromOutside(CloudEvent event) {
    Optional<Deployed> plan = planOf(event);
    if (plan.isEmpty()) {
      return new Verdict.Refused(Answers.rejected("no such plan"));
    }
    return plan.get().rules().external(event.getType())
        ? new Verdict.For(runs.active(plan.get().plan().workflow()))
        : new Verdict.Dropped("only the run's own tasks emit this type, and it names no run");
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
