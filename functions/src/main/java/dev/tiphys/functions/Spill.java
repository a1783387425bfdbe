package dev.tiphys.functions;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.run.EventRef;
import dev.tiphys.functions.run.Heard;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.OutsideMemory;
import dev.tiphys.functions.run.Run;
import dev.tiphys.functions.run.Updated;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What leaves a run's object because it holds too many events from outside. Only what is stored
 * there may leave it, and only once a part holds it: cut short in between, a fact is there twice.
 *
 * @param rest the run without them
 * @param entries what a part is to hold of them
 */
record Spill(Run rest, SortedSet<String> entries) {
  /** The run as it is stored, and what of it is to go into a part now; nothing, mostly. */
  static Spill of(Run stored, Collection<Instance> instances) {
    if (stored.memory().full() || outside(stored) <= OutsideMemory.OBJECT_MAX) {
      return new Spill(stored, new TreeSet<>());
    }
    return new Spilling(stored, kept(stored, instances)).spill();
  }

  /** How many digests the run's object holds. */
  private static int outside(Run run) {
    return Stream.of(
            run.nodes().values().stream()
                .flatMap(
                    node ->
                        switch (node) {
                          case Node.Armed armed -> Stream.of(armed.heard());
                          case Node.Task task ->
                              Stream.ofNullable(task.restarts()).map(Node.Restarts::folded);
                          case Node.Scope scope -> Stream.<Heard>empty();
                        }),
            run.unheard().values().stream(),
            run.stops().values().stream(),
            run.updated().values().stream().map(Updated::heard))
        .flatMap(heard -> heard)
        .mapToInt(heard -> heard.outside().size())
        .sum();
  }

  /** Digests that tell of an instance whether it is counted: they stay as long as it does. */
  private static Set<String> kept(Run run, Collection<Instance> instances) {
    return instances.stream()
        .map(instance -> instance.identity().cause())
        .flatMap(
            cause ->
                cause != null && cause.position() == null
                    ? Stream.of(run.memory().ref(cause.key()).digest())
                    : null)
        .collect(Collectors.toSet());
  }

  /** The older half of each list goes. */
  private static final class Spilling {
    private final Run stored;
    private final Set<String> kept;
    private final TreeSet<String> entries = new TreeSet<>();

    Spilling(Run stored, Set<String> kept) {
      this.stored = stored;
      this.kept = kept;
    }

    Spill spill() {
      TreeMap<String, Node> nodes = new TreeMap<>(stored.nodes());
      nodes.replaceAll((path, node) -> spill(node));
      Run rest =
          stored
              .withNodes(nodes)
              .withUnheard(each(stored.unheard(), (rule, heard) -> spill("start " + rule, heard)))
              .withStops(each(stored.stops(), (task, heard) -> spill(Listener.stop(task), heard)))
              .withUpdated(
                  each(
                      stored.updated(),
                      (task, it) -> it.with(spill(Listener.update(task), it.heard()))));
      return new Spill(rest, entries);
    }

    private Node spill(Node node) {
      return switch (node) {
        case Node.Armed armed -> {
          Heard rest = spill(stored.listener(armed), armed.heard());
          yield armed.with(rest, armed.tally());
        }
        case Node.Task task when task.restarts() != null ->
            // only of an instance that exists does anybody ask whether it is counted here
            task.with(task.restarts().with(halved(task.restarts().folded(), new ArrayList<>())));
        case Node.Task task -> task;
        case Node.Scope scope -> scope;
      };
    }

    private Heard spill(String listener, Heard heard) {
      List<String> gone = new ArrayList<>();
      Heard rest = halved(heard, gone);
      for (String digest : gone) {
        entries.add(stored.memory().entry(listener, new EventRef.Outside(digest)));
      }
      return rest;
    }

    private Heard halved(Heard heard, List<String> gone) {
      List<String> rest = new ArrayList<>();
      int going = (heard.outside().size() + 1) / 2;
      for (String digest : heard.outside()) {
        boolean room = entries.size() + gone.size() < OutsideMemory.OBJECT_MAX;
        if (room && gone.size() < going && !kept.contains(digest)) {
          gone.add(digest);
        } else {
          rest.add(digest);
        }
      }
      return heard.withOutside(rest);
    }

    private static <T> SortedMap<String, T> each(
        SortedMap<String, T> map, BiFunction<String, T, T> change) {
      SortedMap<String, T> changed = new TreeMap<>(map);
      changed.replaceAll(change);
      return changed;
    }
  }
}
