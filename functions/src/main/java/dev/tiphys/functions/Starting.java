package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The instances that this process has decided to create, and has not created yet. */
final class Starting {
  /** By name, which is unique in the namespace. */
  private final Map<String, Start> underWay = new ConcurrentHashMap<>();

  private record Start(Instance expected, CountDownLatch over) {}

  void begin(List<InstanceSpec> decided) {
    decided.forEach(spec -> underWay.put(spec.identity().name(), start(spec)));
  }

  /** They are created, or will not be: who asked for them is told. */
  void end(List<InstanceSpec> decided) {
    for (InstanceSpec spec : decided) {
      Start start = underWay.remove(spec.identity().name());
      if (start != null) {
        start.over().countDown();
      }
    }
  }

  /** Waits until it is created, if it is about to be: nothing else can be done to it before. */
  void await(String instance) {
    Start start = underWay.get(instance);
    if (start != null) {
      try {
        start.over().await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable("interrupted", e);
      }
    }
  }

  /** The run's instances, and those that are about to be. */
  List<Instance> with(String run, Function<String, List<Instance>> seen) {
    // these first: what is created in between is seen
    List<Instance> expected =
        underWay.values().stream()
            .map(Start::expected)
            .filter(instance -> instance.identity().run().equals(run))
            .toList();
    if (expected.isEmpty()) {
      return seen.apply(run);
    }
    List<Instance> all = new ArrayList<>(seen.apply(run));
    Set<String> there = all.stream().map(Instance::name).collect(Collectors.toSet());
    expected.stream().filter(i -> !there.contains(i.name())).forEach(all::add);
    return all;
  }

  private static Start start(InstanceSpec spec) {
    State state = spec.gated() ? State.GATED : State.PENDING;
    return new Start(
        new Instance(spec.identity(), state, false, false, "", Instant.EPOCH, spec.revision()),
        new CountDownLatch(1));
  }
}
