package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** Takes from objects what the watcher does not look at. They are changed, not copied. */
final class Trim {
  private Trim() {}

  static Pod pod(Pod pod) {
    metadata(pod);
    if (pod.getSpec() != null) {
      pod.getSpec().setVolumes(List.of());
      pod.getSpec().setTolerations(List.of());
      pod.getSpec().getContainers().forEach(Trim::container);
      pod.getSpec().getInitContainers().forEach(Trim::container);
    }
    return pod;
  }

  static WorkflowRun run(WorkflowRun run) {
    metadata(run);
    WorkflowRunStatus status = run.getStatus();
    if (status != null) {
      run.setStatus(
          new WorkflowRunStatus(
              status.phase(),
              status.message(),
              status.sink(),
              status.audience(),
              status.logs(),
              "",
              status.startedAt(),
              status.finishedAt(),
              status.wakeAt(),
              ""));
    }
    return run;
  }

  private static void metadata(HasMetadata object) {
    object.getMetadata().setManagedFields(List.of());
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    if (annotations != null) {
      annotations
          .keySet()
          .removeIf(name -> name.equals(Marks.SOURCE) || name.startsWith(Marks.PARAMETER_PREFIX));
    }
  }

  private static void container(Container container) {
    container.setEnv(List.of());
    container.setCommand(List.of());
    container.setArgs(List.of());
  }
}
