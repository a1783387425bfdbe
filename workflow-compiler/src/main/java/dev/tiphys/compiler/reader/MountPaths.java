package dev.tiphys.compiler.reader;

import dev.tiphys.compiler.diagnostic.Code;
import dev.tiphys.compiler.diagnostic.SourceSpan;
import dev.tiphys.compiler.source.Yaml;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ensures that each mount of a container has a path of its own, which Kubernetes takes as it is
 * written: what it refuses would come up only when the pod is made.
 */
final class MountPaths {
  /** Where Tiphys puts a task's parameters and script. */
  private static final Path OWN = Path.of("/tiphys");

  private final Reading reading;

  MountPaths(Reading reading) {
    this.reading = reading;
  }

  /** Reports what is wrong with the mounts of one container. */
  void check(List<Fields> mounts) {
    Set<String> taken = new HashSet<>();
    for (Fields mount : mounts) {
      switch (mount.get("mountPath").orElse(null)) {
        case null -> report(mount.at(), "a mount has no `mountPath`", "write one: /data");
        case Yaml.Scalar path -> check(path, taken);
        case Yaml.Mapping _, Yaml.Sequence _ -> {} // reported as the wrong type
      }
    }
  }

  private void check(Yaml.Scalar scalar, Set<String> taken) {
    String path = scalar.text();
    String shown = "the `mountPath` `" + path + "` ";
    if (path.isEmpty()) {
      report(scalar.at(), "a `mountPath` is empty", "write the folder as the task sees it: /data");
    } else if (path.chars().anyMatch(Character::isISOControl)) {
      report(scalar.at(), "a `mountPath` has a control character", "write it without");
    } else if (!path.startsWith("/")) {
      report(
          scalar.at(),
          shown + "does not begin with a slash",
          "write the folder as the task sees it: " + Path.of("/", path).normalize());
    } else if (path.contains(":")) {
      report(
          scalar.at(), shown + "has a colon, which Kubernetes does not take", "write it without");
    } else if (Path.of(path).normalize().startsWith(OWN)) {
      report(scalar.at(), shown + "is in Tiphys's own folder", "mount the volume elsewhere");
    } else if (!taken.add(path)) {
      report(
          scalar.at(),
          shown + "is another mount's of this container",
          "mount each volume at a path of its own");
    }
  }

  private void report(SourceSpan at, String what, String help) {
    reading.found().report(Code.INVALID_PATH, at, what, help);
  }
}
