package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Which templates a run can come to. */
final class Reachable {
  private Reachable() {}

  /** Names of the templates that steps lead to from the entrypoint, itself included. */
  static Set<String> templates(Workflow workflow) {
    Set<String> reached = new HashSet<>();
    Deque<Template> open = new ArrayDeque<>();
    workflow.entry().ifPresent(open::add);
    while (!open.isEmpty()) {
      Template template = open.remove();
      if (reached.add(template.name().value()) && template instanceof Template.Steps scope) {
        scope.steps().flatMap(step -> workflow.target(step).stream()).forEach(open::add);
      }
    }
    return reached;
  }
}
