package dev.tiphys.functions;

import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Node;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills a task template with values: what comes out is what is created. */
final class InstanceSpecs {
  private InstanceSpecs() {}

  /** The instance of an ordinary step that is wanted. */
  static InstanceSpec ordinary(
      Run run, String path, Node.Task node, TaskTemplate task, boolean gated) {
    Instance.Cause cause =
        node.restartedBy() == null ? null : new Instance.Cause(node.restartedBy(), null, null);
    return spec(run, path, task, node.inputs(), cause, 0, gated);
  }

  /** The instance that an event starts. */
  static InstanceSpec caused(
      Run run,
      String path,
      TaskTemplate task,
      Map<String, String> inputs,
      Instance.Cause cause,
      int epoch,
      boolean gated) {
    return spec(run, path, task, inputs, cause, epoch, gated);
  }

  private static InstanceSpec spec(
      Run run,
      String path,
      TaskTemplate task,
      Map<String, String> inputs,
      Instance.@Nullable Cause cause,
      int epoch,
      boolean gated) {
    String name = Names.instance(run.name(), path, cause == null ? null : cause.key());
    SortedMap<String, String> parameters = new TreeMap<>(inputs);
    parameters.putAll(updated(run, task));
    return new InstanceSpec(
        new Instance.Identity(name, run.workflow(), run.name(), path, task.name(), cause, epoch),
        gated,
        parameters,
        launch(task.work(), Values.of(run, parameters)),
        task.sidecars(),
        task.pod(),
        run.updated(task.name()).revision());
  }

  /** What the inputs that events update hold now. */
  private static SortedMap<String, String> updated(Run run, TaskTemplate task) {
    SortedMap<String, String> values = new TreeMap<>();
    task.updateInputs()
        .forEach(
            input ->
                values.put(
                    input.name(),
                    Objects.requireNonNull(input.updates())
                        .initial()
                        .render(Values.of(run, Map.of()))));
    values.putAll(run.updated(task.name()).texts());
    return values;
  }

  private static InstanceSpec.Launch launch(Work work, Function<Text.Reference, String> values) {
    return switch (work) {
      case Work.Container container ->
          new InstanceSpec.Launch(
              container.image(),
              rendered(container.command(), values),
              rendered(container.args(), values),
              rendered(container.env(), values),
              null);
      case Work.Script script ->
          new InstanceSpec.Launch(
              script.image(),
              rendered(script.command(), values),
              List.of(),
              rendered(script.env(), values),
              script.source().render(values));
    };
  }

  private static List<String> rendered(List<Text> texts, Function<Text.Reference, String> values) {
    return texts.stream().map(text -> expandable(text, values)).toList();
  }

  private static SortedMap<String, String> rendered(
      SortedMap<String, Text> texts, Function<Text.Reference, String> values) {
    SortedMap<String, String> rendered = new TreeMap<>();
    texts.forEach((name, text) -> rendered.put(name, expandable(text, values)));
    return rendered;
  }

  /** A {@code $(NAME)} that the user wrote means a variable; one within a value does not. */
  private static String expandable(Text text, Function<Text.Reference, String> values) {
    return text.parts().stream()
        .map(
            part ->
                switch (part) {
                  case Text.Literal literal -> Expansion.written(literal.text());
                  case Text.Reference reference -> Expansion.escape(values.apply(reference));
                })
        .collect(Collectors.joining());
  }
}
