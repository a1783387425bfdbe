package dev.tiphys.functions;

import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepsTemplate;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the steps that nodes stand for. */
final class Steps {
  private Steps() {}

  /** The step that a node was armed for. */
  static Step of(Plan plan, Run run, Node.Armed armed) {
    Node.Scope scope = run.scope(armed.scope());
    return ((StepsTemplate) plan.template(scope.template()))
        .groups().stream()
            .flatMap(List::stream)
            .filter(step -> step.name().equals(armed.step()))
            .findFirst()
            .orElseThrow();
  }

  /**
   * The armed nodes of a step, by path, complete ones too: one per time that its scope was entered.
   */
  static SortedMap<String, Node.Armed> armed(Run run, String scopeTemplate, String step) {
    SortedMap<String, Node.Armed> armed = new TreeMap<>();
    run.nodes()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.Armed candidate
                  && candidate.step().equals(step)
                  && run.nodes().get(candidate.scope()) instanceof Node.Scope scope
                  && scope.template().equals(scopeTemplate)) {
                armed.put(path, candidate);
              }
            });
    return armed;
  }

  /**
   * The event's place in a stream of the run's own sidecars; null for any other event, whatever
   * number it carries: what anybody can make up must not fill the run's memory.
   */
  static @Nullable Position position(Run run, CloudEvent event) {
    return StreamSource.parse(event.getSource().toString())
        .filter(source -> source.run().equals(run.name()))
        .filter(source -> run.name().equals(Attributes.value(event, Attributes.RUN)))
        .flatMap(source -> Position.of(event))
        .orElse(null);
  }
}
