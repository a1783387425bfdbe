package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.stream.Stream;

/** The inputs that events fill. */
final class EventInputs {
  private EventInputs() {}

  /** One of them. */
  record EventInput(Template template, Input input, Input.Event event) {
    /** Whether the events are changes of objects, and of no type that anybody writes. */
    boolean watches() {
      return event.watch() != null;
    }
  }

  static Stream<EventInput> all(Workflow workflow) {
    return workflow.templates().stream().flatMap(EventInputs::of);
  }

  static Stream<EventInput> of(Template template) {
    return template.inputs().stream()
        .flatMap(input -> input.event().map(e -> new EventInput(template, input, e)).stream());
  }
}
