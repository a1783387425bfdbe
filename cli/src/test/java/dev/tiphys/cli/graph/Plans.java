package dev.tiphys.cli.graph;

import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Window;
import dev.tiphys.triggers.plan.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans in few words. */
final class Plans {
  private Plans() {}

  static Plan plan(List<Rule> rules, Template... templates) {
    TreeMap<String, Template> byName = new TreeMap<>();
    Arrays.stream(templates).forEach(t -> byName.put(t.name(), t));
    return new Plan("example", "example-", templates[0].name(), List.of(), null, byName, rules);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static StepsTemplate steps(String name, List<Step>... groups) {
    return new StepsTemplate(name, List.of(), Arrays.asList(groups));
  }

  static Step step(String name) {
    return step(name, name);
  }

  static Step step(String name, String template) {
    return new Step(name, template, new TreeMap<>(), null, false);
  }

  static TaskTemplate task(String name) {
    return task(name, List.of(), List.of());
  }

  static TaskTemplate emitter(String name, String type) {
    EventSidecar.Common common =
        new EventSidecar.Common("watcher", "tiphys/stdoutwatcher", type, new TreeMap<>(), null);
    return task(
        name,
        List.of(),
        List.of(
            new EventSidecar.StdoutWatcher(
                common, EventSidecar.Stream.STDOUT, EventSidecar.OnStop.DISCARD)));
  }

  static TaskTemplate startedBy(String name, EventFilter on) {
    Input input = new Input.FromEvent("value", on, null, EventPolicy.CREATE);
    return task(name, List.of(input), List.of());
  }

  static TaskTemplate joining(String name, String key, String... types) {
    List<Input> inputs = new ArrayList<>();
    for (String type : types) {
      inputs.add(gathered(type, ObjectField.parse(key).orElseThrow(), null));
    }
    return task(name, inputs, List.of());
  }

  static TaskTemplate gathering(String name, String type, Window window) {
    return task(name, List.of(gathered(type, null, window)), List.of());
  }

  private static Input gathered(String type, @Nullable ObjectField key, @Nullable Window window) {
    return new Input.FromEvent(type, event(type), null, EventPolicy.CREATE, key, window, null);
  }

  static EventFilter event(String type) {
    return new EventFilter(type, new TreeMap<>(), false);
  }

  static EventFilter external(String type) {
    return new EventFilter(type, new TreeMap<>(), true);
  }

  private static TaskTemplate task(String name, List<Input> inputs, List<EventSidecar> sidecars) {
    Work work =
        new Work.Container("alpine:3.6", List.of(Text.literal("true")), List.of(), new TreeMap<>());
    return new TaskTemplate(name, inputs, work, sidecars, null, ConcurrencyPolicy.ALLOW);
  }
}
