package dev.tiphys.functions;

import dev.tiphys.triggers.event.ObjectField;
import dev.tiphys.triggers.plan.ConcurrencyPolicy;
import dev.tiphys.triggers.plan.Condition;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.EventPolicy;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Input;
import dev.tiphys.triggers.plan.Operator;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Rule;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Template;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.UpdateStrategy;
import dev.tiphys.triggers.plan.Window;
import dev.tiphys.triggers.plan.Work;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plans for tests, in the shortest form that still shows what they are about. */
public final class PlanBuilder {
  private final TreeMap<String, Template> templates = new TreeMap<>();
  private final List<Plan.Parameter> parameters = new ArrayList<>();
  private @Nullable Integer parallelism;

  /** The seed's coin flip: flip-coin emits coin, heads emits stopsignal, which stops flip-coin. */
  public static Plan coinflip(int limit, ConcurrencyPolicy policy) {
    return new PlanBuilder()
        .steps(
            "main",
            List.of(step("flip-coin", null)),
            List.of(step("heads", equal("coin", "heads"))))
        .task("flip-coin", List.of(deletedBy("stopsignal")), "coin", null, ConcurrencyPolicy.ALLOW)
        .task("heads", List.of(createdBy("coin")), "stopsignal", limit, policy)
        .build();
  }

  public static Plan coinflip() {
    return coinflip(2, ConcurrencyPolicy.ALLOW);
  }

  /** A till, and a shop beside it that orders from outside start; then the till is counted. */
  static Plan shop() {
    return new PlanBuilder()
        .steps(
            "main", List.of(step("till", null), step("shop", null)), List.of(step("count", null)))
        .task("till", List.of(), null)
        .task("shop", List.of(createdFromOutsideBy("order")), null)
        .task("count", List.of(), null)
        .build();
  }

  /** A task whose events start another one, whose events start a last one. */
  static Plan chain() {
    return new PlanBuilder()
        .steps(
            "main", List.of(step("first", null)), List.of(step("middle", null), step("last", null)))
        .task("first", List.of(), "one")
        .task("middle", List.of(createdBy("one")), "two")
        .task("last", List.of(createdBy("two")), null)
        .build();
  }

  PlanBuilder parameter(String name, @Nullable String value) {
    return parameter(name, value, List.of());
  }

  PlanBuilder parameter(String name, @Nullable String value, List<String> reaches) {
    parameters.add(new Plan.Parameter(name, value, reaches));
    return this;
  }

  PlanBuilder parallelism(int limit) {
    parallelism = limit;
    return this;
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array is read alone
  final PlanBuilder steps(String name, List<Step>... groups) {
    templates.put(name, new StepsTemplate(name, List.of(), Arrays.asList(groups)));
    return this;
  }

  PlanBuilder task(
      String name,
      List<Input> inputs,
      @Nullable String emits,
      @Nullable Integer limit,
      ConcurrencyPolicy policy) {
    List<EventSidecar> sidecars =
        emits == null
            ? List.of()
            : List.of(
                new EventSidecar.StdoutWatcher(
                    new EventSidecar.Common("watch", "stdoutwatcher", emits, new TreeMap<>(), null),
                    EventSidecar.Stream.STDOUT,
                    EventSidecar.OnStop.DISCARD));
    List<Text> args =
        inputs.stream()
            .map(input -> new Text(List.of(new Text.InputParameter(input.name()))))
            .toList();
    Work work = new Work.Container("image", List.of(Text.literal("run")), args, new TreeMap<>());
    templates.put(name, new TaskTemplate(name, inputs, work, sidecars, limit, policy));
    return this;
  }

  /** A task whose events go somewhere else. */
  PlanBuilder taskWithSink(String name, String emits, URI sink) {
    task(name, List.of(), null);
    TaskTemplate silent = (TaskTemplate) Objects.requireNonNull(templates.get(name));
    EventSidecar sidecar =
        new EventSidecar.StdoutWatcher(
            new EventSidecar.Common("watch", "stdoutwatcher", emits, new TreeMap<>(), sink),
            EventSidecar.Stream.STDOUT,
            EventSidecar.OnStop.DISCARD);
    templates.put(
        name,
        new TaskTemplate(
            name,
            silent.inputs(),
            silent.work(),
            List.of(sidecar),
            silent.parallelism(),
            silent.concurrencyPolicy()));
    return this;
  }

  PlanBuilder task(String name, List<Input> inputs, @Nullable String emits) {
    return task(name, inputs, emits, null, ConcurrencyPolicy.ALLOW);
  }

  Plan build() {
    Plan bare = plan(List.of());
    List<Rule> rules = new ArrayList<>();
    for (Template template : templates.values()) {
      switch (template) {
        case StepsTemplate steps ->
            steps.groups().stream()
                .flatMap(List::stream)
                .forEach(step -> startRule(bare, steps, step, rules));
        case TaskTemplate task -> eventRules(bare, task, rules);
      }
    }
    return plan(rules);
  }

  private Plan plan(List<Rule> rules) {
    return new Plan("flow", "flow-", "main", parameters, parallelism, templates, rules);
  }

  private static void startRule(Plan plan, StepsTemplate scope, Step step, List<Rule> rules) {
    if (plan.template(step.template()) instanceof TaskTemplate task) {
      task.createInputs()
          .forEach(input -> rules.add(new Rule.Start(on(plan, input), scope.name(), step.name())));
    }
  }

  private static void eventRules(Plan plan, TaskTemplate task, List<Rule> rules) {
    for (Input input : task.inputs()) {
      if (input instanceof Input.FromEvent event && event.policy() == EventPolicy.DELETE) {
        rules.add(new Rule.Stop(on(plan, event), task.name()));
      }
      if (input instanceof Input.FromEvent event && event.policy() == EventPolicy.UPDATE) {
        rules.add(new Rule.Update(on(plan, event), task.name(), event.name()));
      }
    }
  }

  private static EventFilter on(Plan plan, Input.FromEvent input) {
    String type = input.on().type();
    return new EventFilter(type, input.on().attributes(), plan.emitters(type).isEmpty());
  }

  static Input createdBy(String type) {
    return fromEvent(type, false, EventPolicy.CREATE);
  }

  static Input createdBy(String type, String field) {
    return new Input.FromEvent(
        field,
        new EventFilter(type, new TreeMap<>(), false),
        ObjectField.parse(field).orElseThrow(),
        EventPolicy.CREATE);
  }

  static Input createdFromOutsideBy(String type) {
    return fromEvent(type, true, EventPolicy.CREATE);
  }

  static Input deletedBy(String type) {
    return fromEvent(type, false, EventPolicy.DELETE);
  }

  /** One of the events that start an instance together. */
  static Input joinedBy(String type, @Nullable String key) {
    return gatheredBy(type, key, null);
  }

  /** Created by several events of the type. */
  static Input gatheredBy(String type, @Nullable String key, @Nullable Window window) {
    return gathered(type, false, key, window);
  }

  static Input gatheredFromOutsideBy(String type, @Nullable Window window) {
    return gathered(type, true, null, window);
  }

  private static Input gathered(
      String type, boolean external, @Nullable String key, @Nullable Window window) {
    return new Input.FromEvent(
        type,
        new EventFilter(type, new TreeMap<>(), external),
        ObjectField.parse("content").orElseThrow(),
        EventPolicy.CREATE,
        key == null ? null : ObjectField.parse(key).orElseThrow(),
        window,
        null);
  }

  static Input deletedFromOutsideBy(String type) {
    return fromEvent(type, true, EventPolicy.DELETE);
  }

  private static Input fromEvent(String type, boolean external, EventPolicy policy) {
    return new Input.FromEvent(
        type,
        new EventFilter(type, new TreeMap<>(), external),
        ObjectField.parse("content").orElseThrow(),
        policy);
  }

  /** Holds {@code none yet} before the first event. */
  static Input updatedBy(String type) {
    return updated(type, UpdateStrategy.IN_PLACE);
  }

  static Input restartedBy(String type) {
    return updated(type, UpdateStrategy.RESTART);
  }

  private static Input updated(String type, UpdateStrategy strategy) {
    return new Input.FromEvent(
        type,
        new EventFilter(type, new TreeMap<>(), false),
        ObjectField.parse("content").orElseThrow(),
        EventPolicy.UPDATE,
        null,
        null,
        new Input.Updates(Text.literal("none yet"), strategy));
  }

  /** A step that calls the template of its own name. */
  static Step step(String name, @Nullable Condition when) {
    return new Step(name, name, new TreeMap<>(), when, false);
  }

  /** A step that calls another template. */
  static Step calling(String name, String template) {
    return new Step(name, template, new TreeMap<>(), null, false);
  }

  static Step continuing(String name) {
    return new Step(name, name, new TreeMap<>(), null, true);
  }

  static Condition equal(String input, String value) {
    return new Condition.Compare(
        Operator.EQUAL,
        new Condition.Operand(new Text(List.of(new Text.InputParameter(input))), false),
        new Condition.Operand(Text.literal(value), false));
  }
}
