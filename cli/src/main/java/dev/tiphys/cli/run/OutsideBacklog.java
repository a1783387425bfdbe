package dev.tiphys.cli.run;

import dev.tiphys.functions.port.Backlog;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.RuleIndex;
import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Counts what is on its way to the function that starts tasks, by type. */
final class OutsideBacklog implements Backlog {
  private final RuleIndex rules;
  private final Consumer<String> wake;
  private final Map<String, Count> counts = new HashMap<>();
  private final Map<Asked, Long> asked = new HashMap<>();

  /** Of one type. */
  private static final class Count {
    private long taken;
    private long handled;
  }

  /** A node that waits until what had been taken is handled. */
  private record Asked(String run, String path, String type) {}

  /**
   * @param wake has the run of that name looked at
   */
  OutsideBacklog(RuleIndex rules, Consumer<String> wake) {
    this.rules = rules;
    this.wake = wake;
  }

  /** The event is about to be taken. */
  void taken(CloudEvent event) {
    if (counts(event)) {
      synchronized (counts) {
        count(event.getType()).taken++;
      }
    }
  }

  /** The function has answered it for good, or it was not taken after all. */
  void handled(CloudEvent event) {
    if (counts(event)) {
      done(event.getType()).forEach(wake);
    }
  }

  @Override
  public boolean holds(String run, String path, String type) {
    synchronized (counts) {
      Count count = count(type);
      long mark = asked.computeIfAbsent(new Asked(run, path, type), it -> count.taken);
      return count.handled < mark;
    }
  }

  /** Runs that have waited for this. */
  private List<String> done(String type) {
    synchronized (counts) {
      Count count = count(type);
      count.handled++;
      TreeSet<String> runs = new TreeSet<>();
      asked.forEach(
          (who, mark) -> {
            if (who.type().equals(type) && mark == count.handled) {
              runs.add(who.run());
            }
          });
      return new ArrayList<>(runs);
    }
  }

  private Count count(String type) {
    return counts.computeIfAbsent(type, it -> new Count());
  }

  private boolean counts(CloudEvent event) {
    return Attributes.value(event, Attributes.RUN) == null
        && !rules.firedBy(event, Rule.Start.class).isEmpty();
  }
}
