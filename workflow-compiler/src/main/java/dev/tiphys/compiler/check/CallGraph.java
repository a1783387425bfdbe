package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which templates can be come to, asked anew for each scope of a file that may have thousands: so
 * templates are numbers here, and a search allocates nothing.
 */
final class CallGraph {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int[][] calls;
  private final int[][] eventStarted;

  /** Of which search a template was last found by. */
  private final int[] found;

  private final int[] open;
  private int search;

  CallGraph(Workflow workflow) {
    workflow.templates().names().forEach(name -> numbers.put(name, numbers.size()));
    calls = new int[numbers.size()][];
    eventStarted = new int[numbers.size()][];
    numbers.forEach(
        (name, number) -> {
          Template template = workflow.templates().find(name).orElseThrow();
          calls[number] = targets(template, step -> true);
          eventStarted[number] = targets(template, workflow::eventStarted);
        });
    found = new int[numbers.size()];
    open = new int[numbers.size()];
  }

  private int[] targets(Template template, Predicate<Step> along) {
    return template instanceof Template.Steps scope
        ? scope
            .steps()
            .filter(along)
            .flatMap(step -> Stream.ofNullable(numbers.get(step.template().value())))
            .mapToInt(Integer::intValue)
            .toArray()
        : new int[0];
  }

  /** Begins a search; nothing is found yet. */
  void begin() {
    search++;
  }

  /** Finds the template, and what it leads to if the ordinary steps of one scope are not taken. */
  void find(String template, String scope) {
    Integer from = numbers.get(template);
    if (from == null || found[from] == search) {
      return;
    }
    int without = numbers.getOrDefault(scope, -1);
    int size = 0;
    found[from] = search;
    open[size++] = from;
    while (size > 0) {
      int next = open[--size];
      for (int target : next == without ? eventStarted[next] : calls[next]) {
        if (found[target] != search) {
          found[target] = search;
          open[size++] = target;
        }
      }
    }
  }

  /** Whether the search has found the template. */
  boolean hasFound(String template) {
    Integer number = numbers.get(template);
    return number != null && found[number] == search;
  }
}
