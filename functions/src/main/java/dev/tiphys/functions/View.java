package dev.tiphys.functions;

import dev.tiphys.functions.port.Backlog;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run and its instances as observed at one moment, the run first. */
public final class View {
  private final Run run;
  private final Recall recall;
  private final Backlog backlog;
  private final Map<String, Instance> byName = new HashMap<>();
  private final Map<String, List<Instance>> byNode = new HashMap<>();

  /** Of a run that has put nothing into parts. */
  public View(Run run, Collection<Instance> instances) {
    this(run, instances, Recall.NOTHING, Backlog.NONE);
  }

  /**
   * @param recall what the run's parts hold
   * @param backlog what is still to come from outside
   */
  public View(Run run, Collection<Instance> instances, Recall recall, Backlog backlog) {
    this.run = run;
    this.recall = recall;
    this.backlog = backlog;
    for (Instance instance : instances) {
      byName.put(instance.name(), instance);
      byNode.computeIfAbsent(instance.identity().node(), n -> new ArrayList<>()).add(instance);
    }
  }

  Run run() {
    return run;
  }

  /** The same, of the run as it is to be. */
  View of(Run next) {
    return new View(next, byName.values(), recall, backlog);
  }

  /**
   * Whether the listener has accounted for the event, other than by an instance.
   *
   * @param heard what it has heard by the run's object
   */
  boolean accounted(String listener, Heard heard, EventRef event) {
    return heard.contains(event)
        || (event instanceof EventRef.Outside outside
            && recall.holds(run.memory().entry(listener, outside)));
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
    return position != null && gone(position.stream());
  }

  /** Whether the stream is an instance's that does not exist any more. */
  boolean gone(String stream) {
    return StreamSource.parse(stream).filter(source -> !exists(source.instance())).isPresent();
  }

  boolean isGated(String instance) {
    Instance known = byName.get(instance);
    return known != null && known.state() == Instance.State.GATED;
  }

  /** Whether events of the type are still to come to the node that were taken before. */
  boolean awaits(String path, String type) {
    return backlog.holds(run.name(), path, type);
  }

  /** How long is waited for events that nobody can ask for. */
  Duration quiet() {
    return backlog.quiet();
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
