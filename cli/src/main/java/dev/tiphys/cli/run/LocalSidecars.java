package dev.tiphys.cli.run;

import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.Plan;
import dev.tiphys.triggers.plan.TaskTemplate;
import java.util.List;
import java.util.stream.Stream;

/** Whether the sidecars of users' own can be processes of this machine. */
final class LocalSidecars {
  private LocalSidecars() {}

  /** Those that cannot, each with what to do; empty if all can. */
  static List<String> problems(Plan plan) {
    return tasks(plan)
        .flatMap(
            task ->
                customs(task)
                    .filter(sidecar -> sidecar.texts("command").isEmpty())
                    .map(
                        sidecar ->
                            "the sidecar `%s` of `%s` is an image (%s), and images are not used"
                                    .formatted(
                                        sidecar.name(), task.name(), sidecar.common().image())
                                + " locally: give it a `command`, or run on a cluster"))
        .toList();
  }

  /** Names of their fields that mean something for pods alone. */
  static Stream<String> ofPodsAlone(TaskTemplate task) {
    return customs(task)
        .flatMap(sidecar -> sidecar.container().entrySet().stream())
        .filter(
            field ->
                switch (field.getKey()) {
                  case "command", "args" -> false;
                  case "env" ->
                      field.getValue().valueStream().anyMatch(item -> item.has("valueFrom"));
                  default -> true;
                })
        .map(field -> field.getKey());
  }

  private static Stream<TaskTemplate> tasks(Plan plan) {
    return plan.templates().values().stream()
        .flatMap(template -> template instanceof TaskTemplate task ? Stream.of(task) : null);
  }

  private static Stream<EventSidecar.Custom> customs(TaskTemplate task) {
    return task.sidecars().stream()
        .flatMap(sidecar -> sidecar instanceof EventSidecar.Custom own ? Stream.of(own) : null);
  }
}
