package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Input;
import dev.tiphys.compiler.model.Located;
import dev.tiphys.compiler.model.Pod;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.compiler.model.Step;
import dev.tiphys.compiler.model.Template;
import dev.tiphys.compiler.model.Workflow;
import java.util.List;
import java.util.stream.Stream;

/** The names that a workflow gives, by the place in which each must be the only one. */
final class Names {
  private Names() {}

  /**
   * Names of one place.
   *
   * @param what how a message calls one of them: {@code step}
   */
  record Group(String what, List<Located<String>> names) {}

  static Stream<Group> parameters(Workflow workflow) {
    return Stream.concat(
        Stream.ofNullable(workflow.parameters())
            .map(
                list -> new Group("workflow parameter", list.stream().map(p -> p.name()).toList())),
        workflow.templates().stream().map(Names::inputs));
  }

  static Group templates(Workflow workflow) {
    return new Group("template", workflow.templates().stream().map(Template::name).toList());
  }

  static Stream<Group> steps(Workflow workflow) {
    return workflow
        .templates()
        .scopes()
        .map(scope -> new Group("step", scope.steps().map(Step::name).toList()));
  }

  static Stream<Group> sidecars(Workflow workflow) {
    return workflow
        .templates()
        .tasks()
        .map(task -> new Group("sidecar", task.sidecars().stream().map(Sidecar::name).toList()));
  }

  static Stream<Group> arguments(Workflow workflow) {
    return workflow
        .templates()
        .scopes()
        .flatMap(Template.Steps::steps)
        .map(step -> new Group("argument", step.arguments().stream().map(a -> a.name()).toList()));
  }

  static Stream<Group> environment(Workflow workflow) {
    return workflow
        .templates()
        .tasks()
        .map(
            task ->
                new Group(
                    "environment variable",
                    task.work().env().stream().map(v -> v.name()).toList()));
  }

  static Stream<Group> volumes(Workflow workflow) {
    return pods(workflow).map(pod -> new Group("volume", pod.volumes()));
  }

  static Stream<Group> initContainers(Workflow workflow) {
    return pods(workflow).map(pod -> new Group("init container", pod.initContainers()));
  }

  /** Containers beside the main one, which are in one pod. */
  static Stream<Group> containers(Workflow workflow) {
    return workflow
        .templates()
        .tasks()
        .map(
            task ->
                new Group(
                    task.pod().initContainers().isEmpty() ? "sidecar" : "container",
                    Stream.concat(
                            task.pod().initContainers().stream(),
                            task.sidecars().stream().map(Sidecar::name))
                        .toList()));
  }

  private static Stream<Pod> pods(Workflow workflow) {
    return Stream.concat(
        Stream.of(workflow.pod()), workflow.templates().tasks().map(Template.Task::pod));
  }

  private static Group inputs(Template template) {
    return new Group("input", template.inputs().stream().map(Input::name).toList());
  }
}
