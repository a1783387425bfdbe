package dev.tiphys.functions.memory;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.NoRoom;
import dev.tiphys.functions.port.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Instances in memory: nothing runs unless somebody moves them. */
public final class InMemoryInstances implements Instances {
  private final Map<String, Instance> instances = new ConcurrentHashMap<>();
  private final Map<String, InstanceSpec> specs = new ConcurrentHashMap<>();
  private final Map<String, SortedMap<String, String>> parameters = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile @Nullable String refusal;
  private volatile @Nullable String full;

  public InMemoryInstances(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<Instance> of(String run) {
    return instances.values().stream().filter(i -> i.identity().run().equals(run)).toList();
  }

  @Override
  public boolean create(InstanceSpec spec) {
    if (refusal != null) {
      throw new Refused(refusal, new IllegalStateException());
    }
    if (full != null) {
      throw new NoRoom(full, new IllegalStateException());
    }
    String name = spec.identity().name();
    State state = spec.gated() ? State.GATED : State.PENDING;
    specs.putIfAbsent(name, spec);
    parameters.putIfAbsent(name, spec.parameters());
    return instances.putIfAbsent(
            name,
            new Instance(
                spec.identity(),
                state,
                false,
                false,
                "",
                clock.instant(),
                spec.revision(),
                spec.gated() ? null : startBy(spec)))
        == null;
  }

  private Instant startBy(InstanceSpec spec) {
    return clock.instant().plus(spec.pod().pendingTimeout());
  }

  @Override
  public void openGate(String name) {
    instances.computeIfPresent(
        name,
        (n, i) ->
            i.state() == State.GATED
                ? moved(i, State.PENDING, "", spec(n).map(this::startBy).orElse(null))
                : i);
  }

  @Override
  public void giveUp(String name, String reason) {
    move(name, State.PENDING, State.FAILED, reason);
  }

  @Override
  public void update(String name, SortedMap<String, String> values, long revision) {
    instances.computeIfPresent(
        name,
        (n, i) -> {
          if (i.state().terminal() || i.revision() >= revision) {
            return i;
          }
          parameters.merge(name, values, InMemoryInstances::updated);
          return new Instance(
              i.identity(),
              i.state(),
              i.started(),
              i.cutOff(),
              i.message(),
              i.createdAt(),
              revision,
              i.startBy());
        });
  }

  private static SortedMap<String, String> updated(
      SortedMap<String, String> before, SortedMap<String, String> values) {
    SortedMap<String, String> all = new TreeMap<>(before);
    all.putAll(values);
    return all;
  }

  @Override
  public void stop(String name, String reason) {
    instances.computeIfPresent(
        name, (n, i) -> i.state().terminal() ? i : moved(i, State.STOPPED, reason));
  }

  @Override
  public void delete(String name) {
    instances.remove(name);
    specs.remove(name);
    parameters.remove(name);
  }

  /** Moves an instance, if it is in that state. */
  public void move(String name, State from, State to, String message) {
    instances.computeIfPresent(name, (n, i) -> i.state() == from ? moved(i, to, message) : i);
  }

  /** Lets all sidecars of an instance be gone for good. */
  public void cutOff(String name) {
    instances.computeIfPresent(
        name,
        (n, i) ->
            new Instance(
                i.identity(),
                i.state(),
                i.started(),
                true,
                i.message(),
                i.createdAt(),
                i.revision(),
                i.startBy()));
  }

  /** Creates nothing from now on. */
  public void refuse(String reason) {
    refusal = reason;
  }

  /** Has no room from now on, for that reason; null: has room again. */
  public void fill(@Nullable String reason) {
    full = reason;
  }

  /** The instance of that name. */
  public Optional<Instance> find(String name) {
    return Optional.ofNullable(instances.get(name));
  }

  /** What the instance was created from. */
  public Optional<InstanceSpec> spec(String name) {
    return Optional.ofNullable(specs.get(name));
  }

  /** The parameters that the instance finds as files now. */
  public SortedMap<String, String> parameters(String name) {
    return parameters.getOrDefault(name, Collections.emptySortedMap());
  }

  private static Instance moved(Instance instance, State to, String message) {
    return moved(instance, to, message, to == State.PENDING ? instance.startBy() : null);
  }

  private static Instance moved(
      Instance instance, State to, String message, @Nullable Instant startBy) {
    return new Instance(
        instance.identity(),
        to,
        instance.started() || to == State.RUNNING,
        instance.cutOff(),
        message,
        instance.createdAt(),
        instance.revision(),
        startBy);
  }
}
