package dev.tiphys.tests.simulation;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Window;
import io.cloudevents.CloudEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold after every step of a simulation, and at its end. */
final class Invariants {
  private final Set<String> ended = new HashSet<>();
  private final Set<String> created = new HashSet<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final Map<String, Long> revisions = new HashMap<>();
  private int seen;

  void verify(Simulation simulation) {
    oneInstancePerEvent(simulation);
    simulation
        .theRun()
        .ifPresent(
            run -> {
              List<Instance> instances = simulation.cluster().all(run.name());
              limitsAreKept(simulation, instances);
              whatHasEndedStaysEnded(instances);
              valuesNeverGoBack(run, instances);
            });
  }

  void verifyEnd(Simulation simulation) {
    Run run = simulation.theRun().orElseThrow(() -> new AssertionError("no run has begun"));
    List<Instance> instances = simulation.cluster().all(run.name());
    require(run.phase().complete(), "the run is over, but is " + run);
    require(instances.stream().allMatch(i -> i.state().terminal()), "nothing runs any more");
    failsIfAndOnlyIfAnInstanceFailed(simulation, instances);
    everyEventIsAccountedFor(simulation, run, instances);
    if (run.phase() == Phase.SUCCEEDED) {
      everyGatheredEventIsInOneResult(simulation, run);
    }
  }

  /** Of joins and tumbling windows; of sliding ones in one at least. */
  private static void everyGatheredEventIsInOneResult(Simulation simulation, Run run) {
    for (Template template : simulation.plan().templates().values()) {
      if (template instanceof TaskTemplate task && task.gathers()) {
        Set<String> types =
            task.createInputs().stream().map(i -> i.on().type()).collect(Collectors.toSet());
        long published =
            simulation.published().all().stream()
                .filter(e -> types.contains(e.getType()) && heard(run, task, e))
                .count();
        long used =
            simulation.cluster().created().stream()
                .filter(spec -> spec.identity().task().equals(task.name()))
                .mapToLong(spec -> valuesIn(spec, task))
                .sum();
        long skipped =
            Objects.requireNonNull(simulation.summary().tasks().get(task.name())).tally().skipped();
        require(
            sliding(task) ? published <= used : published == used + skipped,
            "%s of %d events has used %d, and skipped %d"
                .formatted(task.name(), published, used, skipped));
      }
    }
  }

  /** A join is over, and hears nothing more, when one of its inputs is. */
  private static boolean heard(Run run, TaskTemplate task, CloudEvent event) {
    return run.nodes().values().stream()
        .anyMatch(
            node ->
                node instanceof Node.Armed armed
                    && armed.template().equals(task.name())
                    && armed
                        .heard()
                        .contains(run.ref(EventKey.of(event), Position.of(event).orElse(null))));
  }

  private static boolean sliding(TaskTemplate task) {
    return task.createInputs().getFirst().window() instanceof Window.Count(int size, int every)
        && every < size;
  }

  private static long valuesIn(InstanceSpec spec, TaskTemplate task) {
    Input.FromEvent input = task.createInputs().getFirst();
    return input.window() == null
        ? task.createInputs().size()
        : Json.read(spec.parameters().getOrDefault(input.name(), "[]"), List.class).size();
  }

  /** Names derive from events, so an instance that is created twice is the same event's twice. */
  private void oneInstancePerEvent(Simulation simulation) {
    List<InstanceSpec> all = simulation.cluster().created();
    for (; seen < all.size(); seen++) {
      Instance.Identity identity = all.get(seen).identity();
      String cause = identity.cause() == null ? "" : identity.cause().key().toString();
      require(created.add(identity.node() + cause), "created twice: " + identity);
    }
  }

  private static void limitsAreKept(Simulation simulation, List<Instance> instances) {
    Map<String, Integer> active = new HashMap<>();
    for (Instance instance : instances) {
      if (instance.state().active()) {
        active.merge(instance.identity().node(), 1, Integer::sum);
      }
    }
    Integer ofRun = simulation.plan().parallelism();
    int sum = active.values().stream().mapToInt(Integer::intValue).sum();
    require(ofRun == null || sum <= ofRun, "more than " + ofRun + " of the run");
    for (Instance instance : instances) {
      TaskTemplate task = simulation.plan().task(instance.identity().task());
      int limit = task.eventStarted() ? task.limit() : 1;
      require(
          active.getOrDefault(instance.identity().node(), 0) <= limit,
          "more than " + limit + " of " + task.name());
    }
  }

  private void whatHasEndedStaysEnded(List<Instance> instances) {
    for (Instance instance : instances) {
      if (instance.state().terminal()) {
        ended.add(instance.name());
      } else {
        require(!ended.contains(instance.name()), "has come back: " + instance);
      }
    }
  }

  private void valuesNeverGoBack(Run run, List<Instance> instances) {
    run.updated()
        .forEach(
            (task, updated) ->
                updated
                    .values()
                    .forEach(
                        (input, latest) ->
                            latest
                                .newest()
                                .forEach(
                                    (stream, number) -> {
                                      Long before = newest.put(task + input + stream, number);
                                      require(
                                          before == null || before <= number,
                                          "an older value of " + stream + " counts");
                                    })));
    for (Instance instance : instances) {
      Long before = revisions.put(instance.name(), instance.revision());
      require(
          (before == null || before <= instance.revision())
              && instance.revision() <= run.updated(instance.identity().task()).revision(),
          "has another value than the run: " + instance);
    }
  }

  private static void failsIfAndOnlyIfAnInstanceFailed(
      Simulation simulation, List<Instance> instances) {
    if (simulation.plan().templates().values().stream().anyMatch(Invariants::mayFail)) {
      return;
    }
    boolean failed = instances.stream().anyMatch(i -> i.state() == State.FAILED);
    require(
        failed == (simulation.summary().phase() == Phase.FAILED),
        "failed: " + failed + ", but " + simulation.summary());
  }

  private static boolean mayFail(Template template) {
    return template instanceof StepsTemplate steps
        && steps.groups().stream().flatMap(List::stream).anyMatch(Step::continueOnFailed);
  }

  private static void everyEventIsAccountedFor(
      Simulation simulation, Run run, List<Instance> instances) {
    Set<String> started =
        simulation.plan().rules().stream()
            .flatMap(r -> r instanceof Rule.Start s ? Stream.of(s.on().type()) : null)
            .collect(Collectors.toSet());
    Set<EventKey> causes = new HashSet<>();
    for (InstanceSpec spec : simulation.cluster().created()) {
      if (spec.identity().cause() != null) {
        causes.add(spec.identity().cause().key());
      }
    }
    Collection<String> existing = instances.stream().map(Instance::name).toList();
    for (CloudEvent event : simulation.published().all()) {
      if (started.contains(event.getType())) {
        require(
            causes.contains(EventKey.of(event)) || heard(run, event) || forgotten(event, existing),
            "no trace of " + event);
      }
    }
  }

  private static boolean heard(Run run, CloudEvent event) {
    EventRef ref = run.ref(EventKey.of(event), Position.of(event).orElseThrow());
    Stream<Heard> nodes =
        run.nodes().values().stream()
            .flatMap(n -> n instanceof Node.Armed a ? Stream.of(a.heard()) : null);
    return Stream.concat(nodes, run.unheard().values().stream())
        .anyMatch(heard -> heard.contains(ref));
  }

  /** Its emitter was folded away, which happens only when its streams were heard to the end. */
  private static boolean forgotten(CloudEvent event, Collection<String> existing) {
    return StreamSource.parse(event.getSource().toString())
        .filter(source -> !existing.contains(source.instance()))
        .isPresent();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }
}
