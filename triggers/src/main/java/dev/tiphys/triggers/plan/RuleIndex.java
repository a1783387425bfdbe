package dev.tiphys.triggers.plan;

import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the rules that an event fires by its type, whatever the number of rules. */
public final class RuleIndex {
  private final Map<String, List<Rule>> byType = new HashMap<>();
  private final StepIndex steps;

  public RuleIndex(Plan plan) {
    steps = new StepIndex(plan);
    for (Rule rule : plan.rules()) {
      byType.computeIfAbsent(rule.on().type(), type -> new ArrayList<>()).add(rule);
    }
  }

  /** The steps that rules name. */
  public StepIndex steps() {
    return steps;
  }

  /** The rules of that kind that the event fires, in the Plan's order. */
  public <R extends Rule> List<R> firedBy(CloudEvent event, Class<R> kind) {
    return ofType(event.getType(), kind).stream().filter(rule -> rule.on().matches(event)).toList();
  }

  /** The rules of that kind that listen for the type, whether or not further attributes fit. */
  public <R extends Rule> List<R> ofType(String type, Class<R> kind) {
    return byType.getOrDefault(type, List.of()).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Whether any rule listens for the type as an external one. */
  public boolean external(String type) {
    return byType.getOrDefault(type, List.of()).stream().anyMatch(rule -> rule.on().external());
  }
}
