package dev.tiphys.functions.memory;

import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.RunRequest;
import dev.tiphys.functions.run.Runs;
import dev.tiphys.functions.run.Summary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Runs in memory, with optimistic locking like a cluster's. */
public final class InMemoryRuns implements Runs {
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final Map<String, RunRequest> requests = new ConcurrentHashMap<>();

  @Override
  public Optional<Run> find(String name) {
    return Optional.ofNullable(runs.get(name));
  }

  @Override
  public List<Run> active(String workflow) {
    return runs.values().stream()
        .filter(run -> run.workflow().equals(workflow) && !run.phase().complete())
        .toList();
  }

  @Override
  public boolean awaited(String workflow) {
    return requests.values().stream()
        .anyMatch(its -> its.workflow().equals(workflow) && !runs.containsKey(its.name()));
  }

  @Override
  public boolean superseded(Run run) {
    return find(run.name()).filter(now -> !now.version().equals(run.version())).isPresent();
  }

  /** All runs, complete ones too. */
  public List<Run> all() {
    return List.copyOf(runs.values());
  }

  @Override
  public int activeBegunByEvents(String workflow) {
    return (int) active(workflow).stream().filter(run -> run.cause() != null).count();
  }

  @Override
  public Creation create(Run run) {
    if (requests.containsKey(run.name())) {
      return Creation.TAKEN;
    }
    Run before = runs.putIfAbsent(run.name(), run.withVersion("1"));
    if (before == null) {
      return Creation.CREATED;
    }
    return Objects.equals(before.cause(), run.cause()) ? Creation.EXISTS : Creation.TAKEN;
  }

  /** A person creates a run; false if there is one of that name. */
  public boolean request(RunRequest request) {
    return !runs.containsKey(request.name())
        && requests.putIfAbsent(request.name(), request) == null;
  }

  @Override
  public Optional<RunRequest> requested(String name) {
    return Optional.ofNullable(requests.get(name)).filter(request -> !runs.containsKey(name));
  }

  @Override
  public boolean begin(Run run) {
    return runs.putIfAbsent(run.name(), run.withVersion("1")) == null;
  }

  /** A person asks something of a run. */
  public void control(String name, Run.Control control) {
    runs.computeIfPresent(
        name, (n, run) -> run.withControl(control).withVersion(following(run.version())));
  }

  @Override
  public boolean replace(Run run, Summary summary) {
    AtomicBoolean replaced = new AtomicBoolean();
    runs.computeIfPresent(
        run.name(),
        (name, stored) -> {
          replaced.set(stored.version().equals(run.version()));
          return replaced.get() ? run.withVersion(following(run.version())) : stored;
        });
    return replaced.get();
  }

  /** Who asks makes a summary of its own. */
  @Override
  public void show(Run run, Supplier<Summary> summary) {}

  private static String following(String version) {
    return Long.toString(Long.parseLong(version) + 1);
  }
}
