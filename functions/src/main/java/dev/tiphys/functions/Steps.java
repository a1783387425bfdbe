package dev.tiphys.functions;

import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Paths;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.Position;
import dev.tiphys.triggers.event.StreamSource;
import dev.tiphys.triggers.plan.Step;
import dev.tiphys.triggers.plan.StepIndex;
import io.cloudevents.CloudEvent;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the steps that nodes stand for. */
final class Steps {
  private Steps() {}

  /** The step that a node was armed for. */
  static Step of(StepIndex steps, Run run, Node.Armed armed) {
    return steps.step(run.scope(armed.scope()).template(), armed.step()).step();
  }

  /**
   * The armed nodes of a step, by path, complete ones too: one per time that its scope was entered.
   * Found by way of the scopes alone, so that the number of steps costs nothing.
   */
  static SortedMap<String, Node.Armed> armed(
      StepIndex steps, SortedMap<String, Node> nodes, String scope, String step) {
    SortedMap<String, Node.Armed> armed = new TreeMap<>();
    collect(steps, nodes, nodes.firstKey(), scope, steps.step(scope, step), armed);
    return armed;
  }

  private static void collect(
      StepIndex steps,
      SortedMap<String, Node> nodes,
      String path,
      String wanted,
      StepIndex.Placed step,
      SortedMap<String, Node.Armed> armed) {
    if (!(nodes.get(path) instanceof Node.Scope scope)) {
      return;
    }
    String child = Paths.child(path, step.group(), step.step().name());
    if (scope.template().equals(wanted) && nodes.get(child) instanceof Node.Armed found) {
      armed.put(child, found);
    }
    for (StepIndex.Placed call : steps.scopeCalls(scope.template())) {
      String inner = Paths.child(path, call.group(), call.step().name());
      collect(steps, nodes, inner, wanted, step, armed);
    }
  }

  /**
   * The event's place in a stream of the run's own sidecars; null for any other event, whatever
   * number it carries: what anybody can make up must not fill the run's memory.
   */
  static @Nullable Position position(Run run, CloudEvent event) {
    return StreamSource.parse(event.getSource().toString())
        // one that names another workflow is from outside, whatever run it claims
        .filter(source -> source.workflow().equals(run.workflow()))
        .filter(source -> source.run().equals(run.name()))
        .filter(source -> run.name().equals(Attributes.value(event, Attributes.RUN)))
        .flatMap(source -> Position.of(event))
        .orElse(null);
  }
}
