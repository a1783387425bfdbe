package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run and its instances as observed at one moment, the run first. */
final class View {
  private final Run run;
  private final Map<String, Instance> byName = new HashMap<>();
  private final Map<String, List<Instance>> byNode = new HashMap<>();

  View(Run run, Collection<Instance> instances) {
    this.run = run;
    for (Instance instance : instances) {
      byName.put(instance.name(), instance);
      byNode.computeIfAbsent(instance.identity().node(), n -> new ArrayList<>()).add(instance);
    }
  }

  Run run() {
    return run;
  }

  boolean exists(String instance) {
    return byName.containsKey(instance);
  }

  Optional<Instance> find(String instance) {
    return Optional.ofNullable(byName.get(instance));
  }

  /**
   * Whether the emitter of the stream is gone. It goes only when each of its streams is heard to
   * the end, so whatever still comes from one is an old event that comes again.
   */
  boolean forgotten(@Nullable Position position) {
    return position != null
        && StreamSource.parse(position.stream())
            .filter(source -> !exists(source.instance()))
            .isPresent();
  }

  boolean isGated(String instance) {
    Instance known = byName.get(instance);
    return known != null && known.state() == Instance.State.GATED;
  }

  /** Every instance, in no particular order. */
  Collection<Instance> instances() {
    return byName.values();
  }

  /** The instances of one node, in no particular order. */
  List<Instance> at(String path) {
    return byNode.getOrDefault(path, List.of());
  }

  /** How many instances of the run are active. */
  int active() {
    return active(byName.values());
  }

  static int active(Collection<Instance> instances) {
    return (int) instances.stream().filter(i -> i.state().active()).count();
  }

  static int gated(Collection<Instance> instances) {
    return (int) instances.stream().filter(i -> i.state() == Instance.State.GATED).count();
  }
}
