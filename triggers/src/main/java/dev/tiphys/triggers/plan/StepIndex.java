package dev.tiphys.triggers.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the steps of a Plan by scope and name, whatever their number. */
public final class StepIndex {
  private final Map<String, Map<String, Placed>> byScope = new HashMap<>();
  private final Map<String, List<Placed>> scopeCalls = new HashMap<>();

  /** A step, and the group of its scope that it stands in. */
  public record Placed(int group, Step step) {}

  public StepIndex(Plan plan) {
    for (Template template : plan.templates().values()) {
      if (template instanceof StepsTemplate steps) {
        add(plan, steps);
      }
    }
  }

  /** The step, which the compiler has made sure of. */
  public Placed step(String scope, String name) {
    Placed placed = byScope.getOrDefault(scope, Map.of()).get(name);
    if (placed == null) {
      throw new IllegalArgumentException("no step " + name + " in " + scope);
    }
    return placed;
  }

  /** The steps of a scope that call a scope in turn. */
  public List<Placed> scopeCalls(String scope) {
    return scopeCalls.getOrDefault(scope, List.of());
  }

  private void add(Plan plan, StepsTemplate steps) {
    Map<String, Placed> byName = new HashMap<>();
    List<Placed> calls = new ArrayList<>();
    for (int group = 0; group < steps.groups().size(); group++) {
      for (Step step : steps.groups().get(group)) {
        Placed placed = new Placed(group, step);
        byName.put(step.name(), placed);
        if (plan.template(step.template()) instanceof StepsTemplate) {
          calls.add(placed);
        }
      }
    }
    byScope.put(steps.name(), byName);
    scopeCalls.put(steps.name(), List.copyOf(calls));
  }
}
