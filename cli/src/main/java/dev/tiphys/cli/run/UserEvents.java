package dev.tiphys.cli.run;

import dev.tiphys.cli.run.view.EventCount;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.TaskTemplate;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the workflow's own events, by type: what its tasks emit, and what it takes from outside.
 * End-of-stream markers are none, nor is what nobody vouches for. Other types are not counted, so a
 * stranger cannot make it grow.
 */
final class UserEvents {
  private final String workflow;
  private final Keys keys;

  /** By type, and whether it comes from outside. */
  private final Map<String, Boolean> external = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, EventRate> rates = new ConcurrentHashMap<>();

  UserEvents(Plan plan, Keys keys) {
    this.workflow = plan.workflow();
    this.keys = keys;
    for (Rule rule : plan.rules()) {
      external.put(rule.on().type(), rule.on().external());
    }
    plan.templates().values().stream()
        .flatMap(t -> t instanceof TaskTemplate task ? task.sidecars().stream() : null)
        .map(EventSidecar::eventType)
        .forEach(type -> external.put(type, false));
  }

  void count(CloudEvent event) {
    Boolean fromOutside = external.get(event.getType());
    if (fromOutside != null && !Position.endsStream(event) && credible(event, fromOutside)) {
      counts.computeIfAbsent(event.getType(), type -> new LongAdder()).increment();
    }
  }

  /** How many there were of each type that there was any of. */
  SortedMap<String, Long> totals() {
    SortedMap<String, Long> totals = new TreeMap<>();
    counts.forEach((type, count) -> totals.put(type, count.sum()));
    return totals;
  }

  /** The same with rates; for one caller alone, who asks again and again. */
  List<EventCount> observe(long nanoTime) {
    return totals().entrySet().stream()
        .map(
            e ->
                new EventCount(
                    e.getKey(),
                    e.getValue(),
                    rates
                        .computeIfAbsent(e.getKey(), type -> new EventRate())
                        .observe(e.getValue(), nanoTime)))
        .toList();
  }

  private boolean credible(CloudEvent event, boolean fromOutside) {
    String run = Attributes.value(event, Attributes.RUN);
    return run == null
        ? fromOutside
        : keys.of(run).map(its -> its.vouchFor(event, workflow, run)).orElse(false);
  }
}
