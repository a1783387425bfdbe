package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Ensures that a scope which calls itself can stop doing so: some step on the way has a when. */
final class EndlessRecursion implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    workflow
        .templates()
        .scopes()
        .forEach(
            scope ->
                unconditional(workflow, scope)
                    .filter(call -> leadsTo(workflow, call.target(), scope))
                    .limit(1)
                    .forEach(
                        call ->
                            found.report(
                                Code.ENDLESS_RECURSION,
                                call.step().template().at(),
                                "`%s` calls itself again and again by the step `%s`"
                                    .formatted(scope.name(), call.step().name()),
                                "give the step a `when` that ends it, or let an event start it")));
  }

  private static Stream<Calls.Call> unconditional(Workflow workflow, Template.Steps scope) {
    return Calls.of(workflow, scope).filter(call -> call.step().when() == null);
  }

  private static boolean leadsTo(Workflow workflow, Template from, Template to) {
    Set<String> seen = new HashSet<>();
    Deque<Template> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      Template next = open.remove();
      if (next.name().equals(to.name())) {
        return true;
      }
      if (next instanceof Template.Steps scope && seen.add(scope.name().value())) {
        unconditional(workflow, scope).map(Calls.Call::target).forEach(open::add);
      }
    }
    return false;
  }
}
