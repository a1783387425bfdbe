package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
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
    workflow.entry().ifPresent(entry -> extend(workflow, entry, along, reached));
    return reached;
  }

  /** Adds what those steps lead to from the template, itself included. */
  static void extend(Workflow workflow, Template from, Predicate<Step> along, Set<String> reached) {
    Deque<Template> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      Template template = open.remove();
      if (reached.add(template.name().value()) && template instanceof Template.Steps scope) {
        scope.steps().filter(along).flatMap(s -> workflow.target(s).stream()).forEach(open::add);
      }
    }
  }
}
