package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.Escaped;
import dev.tiphys.functions.FunctionPath;
import dev.tiphys.functions.ReactionObserver;
import dev.tiphys.functions.run.Fate;
import dev.tiphys.functions.run.Fates;
import dev.tiphys.functions.run.Listener;
import dev.tiphys.functions.run.Phase;
import dev.tiphys.functions.run.Summary;
import dev.tiphys.triggers.broker.Trigger;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.Reaction;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The books of a local broker. One side is what it has taken, as it has told the senders; the other
 * is what the functions tell of each event and each who listens to it, and what the runs count. At
 * the end both sides are equal, or something is lost.
 */
final class EventAccounts implements ReactionObserver {
  /** Types of events without a listener that are told apart: senders can make up ever new ones. */
  static final int TYPES_MAX = 100;

  /** What the events of all further types are counted as. */
  static final String OTHER = "other types";

  /** Events that are named when they are lost. */
  private static final int NAMED_MAX = 10;

  private static final int NAME_LIMIT = 200;

  private final RuleIndex rules;
  private final Consumer<CloudEvent> strange;

  /** Events without all of their fates, in the order in which they came. */
  private final SequencedMap<EventKey, Open> open = new LinkedHashMap<>();

  private final Map<String, Fates> told = new TreeMap<>();
  private final BoundedCounts unheard = new BoundedCounts(TYPES_MAX, OTHER);
  private final BoundedCounts inNoRun = new BoundedCounts(TYPES_MAX, OTHER);
  private long taken;
  private long accounted;
  private long duplicates;

  /** An event, or its like of the same id and source, that is on its way. */
  private static final class Open {
    private final String type;
    private final TreeSet<String> listeners = new TreeSet<>();
    private long entering;
    private long taken;

    Open(String type) {
      this.type = type;
    }
  }

  /**
   * @param strange is told of each event from outside that nobody listens to
   */
  EventAccounts(RuleIndex rules, Consumer<CloudEvent> strange) {
    this.rules = rules;
    this.strange = strange;
  }

  /** The event is about to be taken; gives those who listen to it. */
  synchronized List<String> entering(CloudEvent event) {
    List<String> listeners = listeners(event);
    if (!listeners.isEmpty()) {
      Open its = open.computeIfAbsent(EventKey.of(event), key -> new Open(event.getType()));
      its.listeners.addAll(listeners);
      its.entering++;
    }
    return listeners;
  }

  /** Its sender was told that it is taken. */
  void taken(CloudEvent event, List<String> listeners) {
    if (!listeners.isEmpty()) {
      heardOf(event);
    } else if (ofUsers(event)) {
      unheard(event);
      if (Attributes.value(event, Attributes.RUN) == null) {
        strange.accept(event);
      }
    }
  }

  private synchronized void unheard(CloudEvent event) {
    taken++;
    accounted++;
    unheard.count(type(event));
  }

  private static String type(CloudEvent event) {
    return Escaped.text(event.getType(), NAME_LIMIT);
  }

  private synchronized void heardOf(CloudEvent event) {
    taken++;
    Open its = open.get(EventKey.of(event));
    if (its != null) {
      its.entering--;
      its.taken++;
      settle(EventKey.of(event), its);
    }
  }

  /** It was not taken after all. */
  synchronized void withdrawn(CloudEvent event) {
    Open its = open.get(EventKey.of(event));
    if (its != null) {
      its.entering--;
      if (its.entering == 0 && its.taken == 0) {
        open.remove(EventKey.of(event));
      }
    }
  }

  /** A delivery has failed for good, and the event is a dead letter. */
  synchronized void deadLettered(Trigger trigger, CloudEvent event) {
    FunctionPath.parse(trigger.subscriber().path())
        .filter(function -> cleared(event, function.reaction()))
        .ifPresent(function -> inNoRun.count(type(event)));
  }

  @Override
  public synchronized void fated(CloudEvent event, String run, String listener, Fate fate) {
    if (fate == Fate.DUPLICATE) {
      duplicates++;
    } else {
      told.put(run, of(told, run).with(listener, fate));
    }
    heard(EventKey.of(event), listener);
  }

  @Override
  public synchronized void passed(CloudEvent event, Reaction reaction) {
    cleared(event, reaction);
  }

  /** Whether a listener of the function had yet to tell what became of the event. */
  private boolean cleared(CloudEvent event, Reaction reaction) {
    Open its = open.get(EventKey.of(event));
    if (its == null) {
      return false;
    }
    boolean cleared = its.listeners.removeIf(it -> Listener.reaction(it) == reaction);
    settle(EventKey.of(event), its);
    return cleared;
  }

  private void heard(EventKey key, String listener) {
    Open its = open.get(key);
    if (its != null) {
      its.listeners.remove(listener);
      settle(key, its);
    }
  }

  /** What its sender has yet to be told is not counted before that. */
  private void settle(EventKey key, Open its) {
    if (its.listeners.isEmpty() && its.entering == 0) {
      accounted += its.taken;
      open.remove(key);
    }
  }

  /**
   * The books as they are now.
   *
   * @param runs as they count it
   */
  synchronized RunReport.Accounts balance(List<Summary> runs) {
    Map<String, Fates> counted =
        runs.stream().collect(Collectors.toMap(Summary::run, Summary::fates));
    List<String> problems = new ArrayList<>();
    open.entrySet().stream()
        .filter(e -> e.getValue().taken > 0)
        .limit(NAMED_MAX)
        .forEach(e -> problems.add(lost(e.getKey(), e.getValue())));
    told.forEach((run, its) -> problems.addAll(differences(run, its, of(counted, run))));
    // of a run that was cut short, so were its streams
    runs.stream()
        .filter(run -> run.phase() == Phase.SUCCEEDED)
        .flatMap(run -> run.outstanding().stream())
        .limit(NAMED_MAX)
        .forEach(problems::add);
    return new RunReport.Accounts(
        taken, accounted, duplicates, unheard.counts(), inNoRun.counts(), problems);
  }

  private static Fates of(Map<String, Fates> counted, String run) {
    return counted.getOrDefault(run, Fates.NONE);
  }

  private static String lost(EventKey key, Open its) {
    return Escaped.text(
        "%s %s of %s: nothing became of it at %s"
            .formatted(its.type, key.id(), key.source(), String.join(", ", its.listeners)),
        NAME_LIMIT);
  }

  private static List<String> differences(String run, Fates told, Fates counted) {
    return Stream.concat(told.counts().keySet().stream(), counted.counts().keySet().stream())
        .distinct()
        .sorted()
        .filter(listener -> !sums(told, listener).equals(sums(counted, listener)))
        .map(
            listener ->
                "run %s counts %s at %s, and %s were told"
                    .formatted(run, sums(counted, listener), listener, sums(told, listener)))
        .toList();
  }

  /** What has an instance may be stopped before it runs: until the end that is one count. */
  private static SortedMap<Fate, Integer> sums(Fates fates, String listener) {
    return fates.counts().getOrDefault(listener, new TreeMap<>()).entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> e.getKey() == Fate.SUPERSEDED ? Fate.STARTED : e.getKey(),
                Map.Entry::getValue,
                Integer::sum,
                TreeMap::new));
  }

  private List<String> listeners(CloudEvent event) {
    if (Position.endsStream(event)) {
      return List.of();
    }
    return rules.firedBy(event, Rule.class).stream().map(Listener::of).distinct().toList();
  }

  /** Tiphys' own events, which all name a run, concern nobody, nor does what ends a stream. */
  private static boolean ofUsers(CloudEvent event) {
    boolean own =
        event.getType().startsWith(EventTypes.RESERVED_PREFIX)
            && Attributes.value(event, Attributes.RUN) != null;
    return !own && !Position.endsStream(event);
  }
}
