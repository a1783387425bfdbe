package dev.tiphys.compiler.plan;

import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import dev.tiphys.triggers.plan.EventFilter;
import dev.tiphys.triggers.plan.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Derives what fires what from the inputs that events fill. */
final class Rules {
  /** The file's order must not matter, so rules are sorted by all that they say. */
  private static final Comparator<Rule> ORDER =
      Comparator.<Rule>comparingInt(
              rule ->
                  switch (rule) {
                    case Rule.Begin begin -> 0;
                    case Rule.Start start -> 1;
                    case Rule.Stop stop -> 2;
                    case Rule.Update update -> 3;
                  })
          .thenComparing(rule -> rule.on().type())
          .thenComparing(
              rule ->
                  switch (rule) {
                    case Rule.Begin begin -> begin.input();
                    case Rule.Start start -> start.scope() + "/" + start.step();
                    case Rule.Stop stop -> stop.task();
                    case Rule.Update update -> update.task() + "/" + update.input();
                  })
          .thenComparing(rule -> rule.on().attributes().toString());

  private Rules() {}

  static List<Rule> of(Workflow workflow, Function<Input.Event, EventFilter> filter) {
    List<Rule> rules = new ArrayList<>();
    workflow.entry().ifPresent(entry -> begins(entry, filter, rules));
    for (Template template : workflow.templates()) {
      switch (template) {
        case Template.Task task -> {
          stops(task, filter, rules);
          updates(task, filter, rules);
        }
        case Template.Steps scope ->
            scope.steps().forEach(step -> starts(workflow, scope, step, filter, rules));
        case Template.Broken broken -> throw new IllegalStateException("unchecked " + broken);
      }
    }
    return rules.stream().sorted(ORDER).distinct().toList();
  }

  private static void begins(
      Template entry, Function<Input.Event, EventFilter> filter, List<Rule> rules) {
    entry
        .createInputs()
        .forEach(
            input ->
                input
                    .event()
                    .map(filter)
                    .ifPresent(on -> rules.add(new Rule.Begin(on, input.name().value()))));
  }

  private static void stops(
      Template.Task task, Function<Input.Event, EventFilter> filter, List<Rule> rules) {
    task.inputs().stream()
        .filter(Input::deletes)
        .flatMap(input -> input.event().stream())
        .forEach(event -> rules.add(new Rule.Stop(filter.apply(event), task.name().value())));
  }

  private static void updates(
      Template.Task task, Function<Input.Event, EventFilter> filter, List<Rule> rules) {
    for (Input input : task.inputs()) {
      input
          .event()
          .filter(event -> event.updates() != null)
          .map(filter)
          .ifPresent(
              on -> rules.add(new Rule.Update(on, task.name().value(), input.name().value())));
    }
  }

  private static void starts(
      Workflow workflow,
      Template.Steps scope,
      Step step,
      Function<Input.Event, EventFilter> filter,
      List<Rule> rules) {
    workflow.task(step).stream()
        .flatMap(Template::createInputs)
        .flatMap(input -> input.event().stream())
        .forEach(
            event ->
                rules.add(
                    new Rule.Start(
                        filter.apply(event), scope.name().value(), step.name().value())));
  }
}
