package dev.tiphys.functions;

import dev.tiphys.functions.port.Expansion;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.run.Names;
import dev.tiphys.functions.run.Run;
import dev.tiphys.triggers.plan.TaskTemplate;
import dev.tiphys.triggers.plan.Text;
import dev.tiphys.triggers.plan.Work;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills a task template with values: what comes out is what is created. */
final class InstanceSpecs {
  private InstanceSpecs() {}

  /** The instance of an ordinary step. */
  static InstanceSpec ordinary(
      Run run, String path, TaskTemplate task, Map<String, String> inputs, boolean gated) {
    return spec(run, path, task, inputs, null, 0, gated);
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
    return new InstanceSpec(
        new Instance.Identity(name, run.workflow(), run.name(), path, task.name(), cause, epoch),
        gated,
        new TreeMap<>(inputs),
        launch(task.work(), Values.of(run, inputs)),
        task.sidecars(),
        task.pod());
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
