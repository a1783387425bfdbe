package dev.tiphys.compiler.check;

import dev.tiphys.compiler.model.Workflow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which tasks emit what. */
final class Emitters {
  private final Map<String, Set<String>> byType = new HashMap<>();

  private Emitters() {}

  static Emitters of(Workflow workflow) {
    Emitters emitters = new Emitters();
    workflow
        .templates()
        .tasks()
        .forEach(
            task ->
                task.sidecars().stream()
                    .filter(sidecar -> sidecar.watcher().feedsRun())
                    .forEach(
                        sidecar ->
                            emitters
                                .byType
                                .computeIfAbsent(
                                    sidecar.eventType().value(), type -> new HashSet<>())
                                .add(task.name().value())));
    return emitters;
  }

  /** Names of the tasks that emit events of the type; none: it comes from outside. */
  Set<String> of(String type) {
    return byType.getOrDefault(type, Set.of());
  }
}
