package dev.tiphys.compiler.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.model.Pod;
import dev.tiphys.compiler.model.Sidecar;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.FileWatch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the volume, among those that the task mounts, in which a filewatcher's files are. */
final class MountReader {
  private final Reading reading;

  MountReader(Reading reading) {
    this.reading = reading;
  }

  private record Mount(String volume, @Nullable String subPath, boolean expression, String path) {
    static Mount of(JsonNode mount) {
      return new Mount(
          mount.path("name").asText(),
          mount.has("subPath") ? mount.path("subPath").asText() : null,
          mount.has("subPathExpr"),
          mount.path("mountPath").asText().replaceAll("/+$", ""));
    }

    boolean holds(String beginning) {
      return beginning.startsWith(path + "/");
    }
  }

  /** The sidecars of a task; each filewatcher among them knows its volume by then. */
  List<Sidecar> place(List<Sidecar> sidecars, Pod pod) {
    return sidecars.stream()
        .map(
            sidecar ->
                sidecar.watcher() instanceof EventSidecar.FileWatcher files
                    ? place(sidecar, files, pod)
                    : sidecar)
        .toList();
  }

  private Sidecar place(Sidecar sidecar, EventSidecar.FileWatcher watcher, Pod pod) {
    FileWatch files = watcher.files();
    List<String> beginnings = files.beginnings();
    Optional<Mount> mount = mountOf(beginnings.getFirst(), pod);
    if (mount.isEmpty()) {
      report(
          sidecar,
          "begins with `%s`, which is in no volume that the task mounts"
              .formatted(beginnings.getFirst()),
          "add the folder to the task's `volumeMounts`, or write the path as the task sees it");
      return sidecar;
    }
    for (String beginning : beginnings) {
      if (!mountOf(beginning, pod).equals(mount)) {
        report(
            sidecar,
            "has paths in more than one volume",
            "write a filewatcher for each of the volumes");
        return sidecar;
      }
    }
    if (mount.get().expression()) {
      report(sidecar, "is in a mount with `subPathExpr`", "use `subPath`, or a deeper path");
    }
    FileWatch placed = files.in(mount.get().volume(), mount.get().subPath(), mount.get().path());
    return new Sidecar(
        sidecar.name(),
        sidecar.image(),
        sidecar.eventType(),
        new EventSidecar.FileWatcher(watcher.common(), placed, watcher.onStop()));
  }

  /** The one that is mounted deepest. */
  private static Optional<Mount> mountOf(String beginning, Pod pod) {
    JsonNode mounts = pod.container().get("volumeMounts");
    return mounts == null
        ? Optional.empty()
        : mounts
            .valueStream()
            .map(Mount::of)
            .filter(mount -> mount.holds(beginning))
            .max(Comparator.comparing(mount -> mount.path().length()));
  }

  private void report(Sidecar sidecar, String what, String help) {
    reading
        .found()
        .report(
            Code.INVALID_PATH,
            sidecar.name().at(),
            "the path of the filewatcher `%s` %s".formatted(sidecar.name(), what),
            help);
  }
}
