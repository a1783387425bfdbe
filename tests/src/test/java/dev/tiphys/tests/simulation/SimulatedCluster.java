package dev.tiphys.tests.simulation;

import dev.tiphys.functions.memory.InMemoryInstances;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Instances whose tasks run in virtual time; calls may fail before or after they took effect. */
final class SimulatedCluster implements Instances {
  private static final int LAUNCH_MILLIS_MAX = 50;
  private static final int GOES_MILLIS_MAX = 150;

  private final InMemoryInstances store;
  private final Faults faults;
  private final Function<InstanceSpec, SimulatedTask> tasks;
  private final Consumer<Instance> lifeCycle;
  private final Consumer<InstanceSpec> creation;
  private final double podsGo;
  private final Map<String, SimulatedTask> running = new HashMap<>();
  private final Map<String, SimulatedTask> launched = new HashMap<>();
  private final Set<String> cutOff = new HashSet<>();
  private final Set<String> succeeded = new HashSet<>();
  private final List<InstanceSpec> created = new ArrayList<>();

  /**
   * A cluster.
   *
   * @param tasks what an instance's container does
   * @param lifeCycle is told when an instance has started or ended
   * @param creation is told when one was created
   * @param podsGo probability that a pod goes by itself
   */
  SimulatedCluster(
      Faults faults,
      Function<InstanceSpec, SimulatedTask> tasks,
      Consumer<Instance> lifeCycle,
      Consumer<InstanceSpec> creation,
      double podsGo) {
    this.creation = creation;
    this.podsGo = podsGo;
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

  /** Whether sidecars of the instance have gone without a word, be it there or not. */
  boolean wasCutOff(String name) {
    return cutOff.contains(name);
  }

  /** How many events were lost with the pods of tasks of the run that had ended well. */
  long lost(String run) {
    return created.stream()
        .map(InstanceSpec::identity)
        .filter(identity -> identity.run().equals(run) && succeeded.contains(identity.name()))
        .mapToLong(identity -> Objects.requireNonNull(launched.get(identity.name())).lost())
        .sum();
  }

  @Override
  public List<Instance> of(String run) {
    faults.mayStrike();
    return store.of(run);
  }

  @Override
  public boolean create(InstanceSpec spec) {
    faults.mayStrike();
    boolean isNew = store.create(spec);
    if (isNew) {
      created.add(spec);
      creation.accept(spec);
      if (!spec.gated()) {
        launchSoon(spec.identity().name());
      }
    }
    faults.mayStrike();
    return isNew;
  }

  @Override
  public void openGate(String name) {
    faults.mayStrike();
    if (state(name) == State.GATED) {
      store.openGate(name);
      launchSoon(name);
    }
    faults.mayStrike();
  }

  @Override
  public void update(String name, SortedMap<String, String> parameters, long revision) {
    faults.mayStrike();
    store.update(name, parameters, revision);
    faults.mayStrike();
  }

  @Override
  public void stop(String name, String reason) {
    faults.mayStrike();
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
    faults.mayStrike();
  }

  @Override
  public void giveUp(String name, String reason) {
    faults.mayStrike();
    if (state(name) == State.PENDING) {
      store.giveUp(name, reason);
      store.find(name).ifPresent(lifeCycle);
    }
  }

  @Override
  public void delete(String name) {
    faults.mayStrike();
    store.delete(name);
    faults.mayStrike();
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
    launched.put(name, task);
    task.start(failed -> ended(name, failed));
    mayGo(name, task);
  }

  private void mayGo(String name, SimulatedTask task) {
    if (podsGo > 0 && faults.random().nextDouble() < podsGo) {
      faults.time().runWithin(GOES_MILLIS_MAX, () -> goes(name, task));
    }
  }

  /** Deleted or drained by somebody else: its sidecars may have the time to send what they have. */
  private void goes(String name, SimulatedTask task) {
    boolean drains = faults.random().nextBoolean();
    if (running.remove(name) != null) {
      store.move(name, State.RUNNING, State.FAILED, "its pod was deleted");
      if (drains) {
        task.stopped();
      }
    }
    if (!drains) {
      task.gone();
      if (task.cutOff()) {
        store.cutOff(name);
        cutOff.add(name);
      }
    }
    store.find(name).ifPresent(lifeCycle);
  }

  private void ended(String name, boolean failed) {
    SimulatedTask task = running.remove(name);
    if (task == null) {
      return;
    }
    if (!failed) {
      succeeded.add(name);
    }
    mayGo(name, task);
    store.move(
        name, State.RUNNING, failed ? State.FAILED : State.SUCCEEDED, failed ? "exit code 1" : "");
    store.find(name).ifPresent(lifeCycle);
  }

  private @Nullable State state(String name) {
    return store.find(name).map(Instance::state).orElse(null);
  }
}
