package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.EventCount;
import dev.tiphys.functions.run.Names;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventKey;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.TaskTemplate;
import io.cloudevents.CloudEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts the workflow's own events, by run and type: what a run's tasks emit, what comes from
 * outside while the run is active, and what began it. End-of-stream markers are none, nor is what
 * nobody vouches for. Other types are not counted, so a stranger cannot make it grow.
 */
final class UserEvents {
  private final Plan plan;
  private final Predicate<CloudEvent> vouched;
  private final Supplier<List<String>> active;

  /** Types that the workflow's tasks emit. */
  private final Set<String> emitted = new HashSet<>();

  /** Types that reach every active run. */
  private final Set<String> heard = new HashSet<>();

  /** Types each event of which begins a run. */
  private final Set<String> begins = new HashSet<>();

  /** By run. */
  private final Map<String, Counts> counts = new ConcurrentHashMap<>();

  /** By type. */
  private record Counts(Map<String, LongAdder> totals, Map<String, EventRate> rates) {
    Counts() {
      this(new ConcurrentSkipListMap<>(), new ConcurrentHashMap<>());
    }

    EventCount observe(String type, long nanoTime) {
      long total = totals.getOrDefault(type, new LongAdder()).sum();
      EventRate rate = rates.computeIfAbsent(type, it -> new EventRate());
      return new EventCount(type, total, rate.observe(total, nanoTime));
    }
  }

  /**
   * @param vouched whether the run that the event claims has signed it
   * @param active names of the active runs
   */
  UserEvents(Plan plan, Predicate<CloudEvent> vouched, Supplier<List<String>> active) {
    this.plan = plan;
    this.vouched = vouched;
    this.active = active;
    for (Rule rule : plan.rules()) {
      String type = rule.on().type();
      switch (rule) {
        case Rule.Begin _ -> begins.add(type);
        case Rule.Start _, Rule.Stop _, Rule.Update _ ->
            (rule.on().external() ? heard : emitted).add(type);
      }
    }
    plan.templates().values().stream()
        .flatMap(t -> t instanceof TaskTemplate task ? task.sidecars().stream() : null)
        .map(EventSidecar::eventType)
        .forEach(emitted::add);
  }

  void count(CloudEvent event) {
    if (!Position.endsStream(event)) {
      runsOf(event)
          .forEach(
              run ->
                  counts
                      .computeIfAbsent(run, it -> new Counts())
                      .totals()
                      .computeIfAbsent(event.getType(), it -> new LongAdder())
                      .increment());
    }
  }

  private Stream<String> runsOf(CloudEvent event) {
    String type = event.getType();
    String run = Attributes.value(event, Attributes.RUN);
    if (run != null) {
      boolean known = emitted.contains(type) || heard.contains(type) || begins.contains(type);
      return known && vouched.test(event) ? Stream.of(run) : Stream.empty();
    }
    return Stream.concat(
        heard.contains(type) ? active.get().stream() : Stream.empty(),
        begins.contains(type)
            ? Stream.of(Names.run(plan.runPrefix(), EventKey.of(event)))
            : Stream.empty());
  }

  /**
   * How many there were of each type that there was any of, with rates; for one caller alone, who
   * asks again and again.
   */
  List<EventCount> observe(String run, long nanoTime) {
    Counts its = counts.getOrDefault(run, new Counts());
    return its.totals().keySet().stream().map(type -> its.observe(type, nanoTime)).toList();
  }
}
