package dev.tiphys.compiler.check;

import dev.tiphys.compiler.check.EventInputs.EventInput;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ensures that several events start one instance only where it is clear which belong together. */
final class JoinsAndWindows implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow.entry().ifPresent(entry -> begins(entry, found));
    for (Template template : workflow.templates()) {
      List<EventInput> creates =
          EventInputs.of(template).filter(input -> input.input().creates()).toList();
      EventInputs.of(template)
          .filter(input -> !input.input().creates())
          .forEach(input -> startsNothing(input, found));
      if (creates.size() > 1) {
        join(template, creates, found);
      } else {
        creates.forEach(input -> alone(input, found));
      }
    }
  }

  /** Before its run exists nothing can be kept for it. */
  private static void begins(Template entry, Diagnostics found) {
    List<EventInput> creates =
        EventInputs.of(entry).filter(input -> input.input().creates()).toList();
    creates.stream()
        .skip(1)
        .map(EventInput::input)
        .forEach(input -> severalBegin(entry, input.name(), found));
    creates.stream()
        .map(input -> input.event().window())
        .filter(window -> window != null)
        .forEach(window -> severalBegin(entry, window, found));
  }

  private static void severalBegin(Template entry, Located<?> at, Diagnostics found) {
    found.report(
        Code.SEVERAL_CREATE_INPUTS,
        at.at(),
        "one event begins a run, and `" + entry.name() + "` would wait for several",
        "let one event begin it, and call a task that joins or gathers by a step");
  }

  private static void startsNothing(EventInput input, Diagnostics found) {
    Input.Event event = input.event();
    noMeaning(event.correlation(), "correlation", input, found);
    noMeaning(event.window(), "window", input, found);
  }

  private static void noMeaning(
      @Nullable Located<?> setting, String name, EventInput input, Diagnostics found) {
    if (setting != null) {
      found.report(
          Code.NOT_EVENT_STARTED,
          setting.at(),
          "`%s` has no meaning on `%s`, whose event starts nothing"
              .formatted(name, input.input().name()),
          "remove it, or write `eventPolicy: create`");
    }
  }

  private static void join(Template template, List<EventInput> creates, Diagnostics found) {
    boolean correlated = creates.stream().anyMatch(input -> input.event().correlation() != null);
    for (EventInput input : creates) {
      Input.Event event = input.event();
      if (event.window() != null) {
        found.report(
            Code.WINDOW_IN_JOIN,
            event.window().at(),
            "`" + template.name() + "` joins several events, and none of them can have a window",
            "gather the events in a task of their own, and join what that emits");
      }
      if (correlated && event.correlation() == null) {
        found.report(
            Code.MISSING_CORRELATION,
            input.input().name().at(),
            "`%s` has no `correlation`, and other inputs that start `%s` have one"
                .formatted(input.input().name(), template.name()),
            "add it: `correlation: subject`, or what else names the key in this event");
      }
    }
  }

  private static void alone(EventInput input, Diagnostics found) {
    Input.Event event = input.event();
    if (event.correlation() != null && event.window() == null) {
      found.report(
          Code.NOTHING_TO_CORRELATE,
          event.correlation().at(),
          "each `" + event.type() + "` starts an instance alone: there is nothing to correlate",
          "remove `correlation`, or add a `window` or a second input with `eventPolicy: create`");
    }
  }
}
