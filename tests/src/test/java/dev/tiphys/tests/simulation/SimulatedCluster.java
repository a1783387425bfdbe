package dev.tiphys.tests.simulation;

import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Instances whose tasks run in virtual time; calls may fail before or after they took effect. */
final class SimulatedCluster implements Instances {
  private static final int LAUNCH_MILLIS_MAX = 50;

  private final InMemoryInstances store;
  private final Faults faults;
  private final Function<InstanceSpec, SimulatedTask> tasks;
  private final Consumer<Instance> lifeCycle;
  private final Map<String, SimulatedTask> running = new HashMap<>();
  private final List<InstanceSpec> created = new ArrayList<>();

  /**
   * A cluster.
   *
   * @param tasks what an instance's container does
   * @param lifeCycle is told when an instance has started or ended
   */
  SimulatedCluster(
      Faults faults, Function<InstanceSpec, SimulatedTask> tasks, Consumer<Instance> lifeCycle) {
    this.store = new InMemoryInstances(faults.time());
    this.faults = faults;
    this.tasks = tasks;
    this.lifeCycle = lifeCycle;
  }

  /** Everything that was ever created, in order. */
  List<InstanceSpec> created() {
    return created;
  }

  /** What exists, without the faults that functions meet. */
  List<Instance> all(String run) {
    return store.of(run);
  }

  @Override
  public List<Instance> of(String run) {
    faults.mayBeUnavailable();
    return store.of(run);
  }

  @Override
  public boolean create(InstanceSpec spec) {
    faults.mayBeUnavailable();
    boolean isNew = store.create(spec);
    if (isNew) {
      created.add(spec);
      if (!spec.gated()) {
        launchSoon(spec.identity().name());
      }
    }
    faults.mayBeUnavailable();
    return isNew;
  }

  @Override
  public void openGate(String name) {
    faults.mayBeUnavailable();
    if (state(name) == State.GATED) {
      store.openGate(name);
      launchSoon(name);
    }
  }

  @Override
  public void update(String name, SortedMap<String, String> parameters, long revision) {
    faults.mayBeUnavailable();
    store.update(name, parameters, revision);
    faults.mayBeUnavailable();
  }

  @Override
  public void stop(String name, String reason) {
    faults.mayBeUnavailable();
    State before = state(name);
    if (before == null || before.terminal()) {
      return;
    }
    store.stop(name, reason);
    SimulatedTask task = running.remove(name);
    if (task != null) {
      task.stopped();
    }
    store.find(name).ifPresent(lifeCycle);
  }

  @Override
  public void giveUp(String name, String reason) {
    faults.mayBeUnavailable();
    if (state(name) == State.PENDING) {
      store.giveUp(name, reason);
      store.find(name).ifPresent(lifeCycle);
    }
  }

  @Override
  public void delete(String name) {
    faults.mayBeUnavailable();
    store.delete(name);
  }

  private void launchSoon(String name) {
    faults.time().runWithin(LAUNCH_MILLIS_MAX, () -> launch(name));
  }

  private void launch(String name) {
    if (state(name) != State.PENDING) {
      return;
    }
    store.move(name, State.PENDING, State.RUNNING, "");
    store.find(name).ifPresent(lifeCycle);
    SimulatedTask task = tasks.apply(store.spec(name).orElseThrow());
    running.put(name, task);
    task.start(failed -> ended(name, failed));
  }

  private void ended(String name, boolean failed) {
    if (running.remove(name) == null) {
      return;
    }
    store.move(
        name, State.RUNNING, failed ? State.FAILED : State.SUCCEEDED, failed ? "exit code 1" : "");
    store.find(name).ifPresent(lifeCycle);
  }

  private @Nullable State state(String name) {
    return store.find(name).map(Instance::state).orElse(null);
  }
}
