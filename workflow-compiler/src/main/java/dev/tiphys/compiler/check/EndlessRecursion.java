package dev.tiphys.compiler.check;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.Diagnostics;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ensures that a scope which calls itself can stop doing so: some step on the way has a when. A
 * call leads back to its scope exactly where both are in one circle, and the circles of all scopes
 * are found in two passes (Kosaraju's).
 */
final class EndlessRecursion implements Check {
  @Override
  public void check(Workflow workflow, Diagnostics found) {
    Map<String, String> circles = circles(workflow);
    workflow
        .templates()
        .scopes()
        .forEach(
            scope ->
                unconditional(workflow, scope)
                    .filter(
                        call ->
                            circle(circles, call.target()).equals(circle(circles, call.scope())))
                    .limit(1)
                    .forEach(call -> report(call, found)));
  }

  private static void report(Calls.Call call, Diagnostics found) {
    found.report(
        Code.ENDLESS_RECURSION,
        call.step().template().at(),
        "`%s` calls itself again and again by the step `%s`"
            .formatted(call.scope().name(), call.step().name()),
        "give the step a `when` that ends it, or let an event start it");
  }

  private static String circle(Map<String, String> circles, Template template) {
    String name = template.name().value();
    return circles.getOrDefault(name, name);
  }

  private static Stream<Calls.Call> unconditional(Workflow workflow, Template.Steps scope) {
    return Calls.of(workflow, scope).filter(call -> call.step().when() == null);
  }

  /** By scope, a name that all scopes of its circle have in common. */
  private static Map<String, String> circles(Workflow workflow) {
    Map<String, List<String>> calls = new HashMap<>();
    Map<String, List<String>> callers = new HashMap<>();
    workflow
        .templates()
        .scopes()
        .flatMap(scope -> unconditional(workflow, scope))
        .forEach(
            call -> {
              String from = call.scope().name().value();
              String to = call.target().name().value();
              calls.computeIfAbsent(from, name -> new ArrayList<>()).add(to);
              callers.computeIfAbsent(to, name -> new ArrayList<>()).add(from);
            });
    Map<String, String> circles = new HashMap<>();
    for (String root : finished(calls)) {
      Deque<String> open = new ArrayDeque<>(List.of(root));
      while (!open.isEmpty()) {
        String name = open.remove();
        if (circles.putIfAbsent(name, root) == null) {
          open.addAll(callers.getOrDefault(name, List.of()));
        }
      }
    }
    return circles;
  }

  /** All scopes, each after those that call it, circles aside; without the JVM's stack. */
  private static Deque<String> finished(Map<String, List<String>> calls) {
    Deque<String> finished = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    Set<String> left = new HashSet<>();
    for (String root : calls.keySet()) {
      Deque<String> way = new ArrayDeque<>(List.of(root));
      while (!way.isEmpty()) {
        String name = way.getLast();
        if (seen.add(name)) {
          calls.getOrDefault(name, List.of()).stream()
              .filter(next -> !seen.contains(next))
              .forEach(way::addLast);
        } else {
          way.removeLast();
          if (left.add(name)) {
            finished.addFirst(name);
          }
        }
      }
    }
    return finished;
  }
}
