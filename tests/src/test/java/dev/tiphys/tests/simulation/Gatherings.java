package dev.tiphys.tests.simulation;

import static dev.tiphys.tests.simulation.Invariants.require;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Tally;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Window;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What must hold of a step that several events start together, when its run has succeeded. */
final class Gatherings {
  private final Simulation simulation;
  private final Run run;
  private final TaskTemplate task;
  private final List<CloudEvent> events;
  private final List<InstanceSpec> results;

  private Gatherings(Simulation simulation, Run run, TaskTemplate task) {
    this.simulation = simulation;
    this.run = run;
    this.task = task;
    this.events =
        simulation.published().all().stream().filter(e -> taken(e).findAny().isPresent()).toList();
    this.results =
        simulation.cluster().created().stream()
            .filter(spec -> spec.identity().run().equals(run.name()))
            .filter(spec -> spec.identity().task().equals(task.name()))
            .toList();
  }

  static void verify(Simulation simulation, Run run, TaskTemplate task) {
    Gatherings gatherings = new Gatherings(simulation, run, task);
    gatherings.eachEventIsInOneResult();
    Window window = task.createInputs().getFirst().window();
    switch (window) {
      case null -> gatherings.pairs();
      case Window.Count count -> gatherings.sizes(count.size());
      case Window.Time time when time.every().equals(time.size()) ->
          gatherings.windows(time.size());
      case Window.Time time -> {}
    }
  }

  private void eachEventIsInOneResult() {
    long used = results.stream().mapToLong(this::values).sum();
    Tally tally = Objects.requireNonNull(simulation.summary(run).tasks().get(task.name())).tally();
    require(
        sliding() ? events.size() <= used : events.size() == used + tally.skipped(),
        "%s of %d events has used %d, and skipped %d",
        task.name(),
        events.size(),
        used,
        tally.skipped());
  }

  /** As many as there are values of each input, by key. */
  private void pairs() {
    Map<String, Map<String, Integer>> byKey = new HashMap<>();
    for (Input.FromEvent input : task.createInputs()) {
      for (CloudEvent event : events) {
        if (input.on().matches(event)) {
          String key =
              input.correlation() == null ? "" : input.correlation().valueIn(event).orElseThrow();
          byKey.computeIfAbsent(key, k -> new HashMap<>()).merge(input.name(), 1, Integer::sum);
        }
      }
    }
    int pairs =
        byKey.values().stream()
            .filter(counts -> counts.size() == task.createInputs().size())
            .mapToInt(counts -> counts.values().stream().mapToInt(n -> n).min().orElseThrow())
            .sum();
    require(pairs == results.size(), "%s: %d results of %s", task.name(), results.size(), byKey);
  }

  /** Only the last window may lack something. */
  private void sizes(int size) {
    List<Long> sizes = results.stream().map(this::values).toList();
    require(
        sizes.stream().allMatch(n -> n <= size)
            && sizes.stream().filter(n -> n < size).count() <= 1,
        "%s: windows of %s",
        task.name(),
        sizes);
  }

  /** None was open much longer than it may be. */
  private void windows(Duration size) {
    List<Instant> times = events.stream().flatMap(this::taken).sorted().toList();
    int least = 0;
    Instant end = Instant.MIN;
    for (Instant time : times) {
      if (time.isAfter(end)) {
        least++;
        end = time.plus(size.multipliedBy(3).dividedBy(2));
      }
    }
    require(results.size() >= least, "%s: %d windows of %s", task.name(), results.size(), times);
  }

  private Stream<Instant> taken(CloudEvent event) {
    return run.nodes().entrySet().stream()
        .filter(e -> e.getValue() instanceof Node.Armed)
        .filter(e -> e.getValue().template().equals(task.name()))
        .flatMap(e -> simulation.ledger().gathered(e.getKey(), EventKey.of(event)).stream());
  }

  private boolean sliding() {
    return task.createInputs().getFirst().window() instanceof Window.Count(int size, int every)
        && every < size;
  }

  private long values(InstanceSpec spec) {
    Input.FromEvent input = task.createInputs().getFirst();
    return input.window() == null
        ? task.createInputs().size()
        : Json.read(spec.parameters().getOrDefault(input.name(), "[]"), List.class).size();
  }
}
