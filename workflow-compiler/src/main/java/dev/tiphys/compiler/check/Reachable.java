package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Which templates a run can come to. */
final class Reachable {
  private Reachable() {}

  /** Names of the templates that steps lead to from the entrypoint, itself included. */
  static Set<String> templates(Workflow workflow) {
    return templates(workflow, step -> true);
  }

  /** Likewise, along those steps alone. */
  static Set<String> templates(Workflow workflow, Predicate<Step> along) {
    Set<String> reached = new HashSet<>();
    Deque<Template> open = new ArrayDeque<>();
    workflow.entry().ifPresent(open::add);
    while (!open.isEmpty()) {
      Template template = open.remove();
      if (reached.add(template.name().value()) && template instanceof Template.Steps scope) {
        scope.steps().filter(along).flatMap(s -> workflow.target(s).stream()).forEach(open::add);
      }
    }
    return reached;
  }
}
