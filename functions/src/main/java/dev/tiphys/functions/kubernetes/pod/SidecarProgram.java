package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Expansion;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one kind of event sidecar needs in its container beside what all of them have.
 *
 * @param arguments of the sidecars' image; none for an image of the user's own
 * @param variables its own settings
 * @param volumes of the pod; two sidecars that name the same one share it
 */
record SidecarProgram(
    List<String> arguments,
    List<EnvVar> variables,
    List<Volume> volumes,
    List<VolumeMount> mounts) {
  SidecarProgram {
    arguments = List.copyOf(arguments);
    variables = List.copyOf(variables);
    volumes = List.copyOf(volumes);
    mounts = List.copyOf(mounts);
  }

  /** Empty for one that needs no container: the run watcher does its work. */
  static Optional<SidecarProgram> of(EventSidecar sidecar, LogCapture capture) {
    return switch (sidecar) {
      case EventSidecar.StdoutWatcher watcher -> Optional.of(stdout(watcher, capture));
      case EventSidecar.FileWatcher watcher -> Optional.of(files(watcher));
      case EventSidecar.NetworkProxy proxy -> Optional.of(proxy(proxy));
      case EventSidecar.LifecycleWatcher _ -> Optional.empty();
      case EventSidecar.Custom custom -> Optional.of(custom(custom));
    };
  }

  private static SidecarProgram custom(EventSidecar.Custom custom) {
    return new SidecarProgram(
        List.of(),
        custom.variables().entrySet().stream()
            .map(variable -> variable(variable.getKey(), variable.getValue()))
            .toList(),
        List.of(),
        List.of());
  }

  private static SidecarProgram stdout(EventSidecar.StdoutWatcher watcher, LogCapture capture) {
    OutputSource output = OutputSource.of(capture);
    List<EnvVar> variables = new ArrayList<>();
    variables.add(variable("TIPHYS_MAIN", Marks.MAIN));
    variables.add(variable("TIPHYS_STREAM", lowerCase(watcher.stream())));
    variables.add(variable("TIPHYS_ON_STOP", lowerCase(watcher.onStop())));
    variables.add(variable("TIPHYS_LOGS", capture.lowerCaseName()));
    variables.add(variable("TIPHYS_FORMAT", lowerCase(watcher.lines().format())));
    variables.add(variable("TIPHYS_MAX_LINE", String.valueOf(watcher.lines().maxLine())));
    if (watcher.lines().pattern() != null) {
      variables.add(variable("TIPHYS_PATTERN", watcher.lines().pattern()));
    }
    return new SidecarProgram(
        List.of("stdoutwatcher"), variables, List.of(output.volume()), List.of(output.mount()));
  }

  /** It sees the volume where the task does, and cannot change it. */
  private static SidecarProgram files(EventSidecar.FileWatcher watcher) {
    FileWatch files = watcher.files();
    return new SidecarProgram(
        List.of("filewatcher"),
        List.of(
            variable("TIPHYS_FILES", Json.write(files)),
            variable("TIPHYS_ON_STOP", lowerCase(watcher.onStop()))),
        List.of(),
        List.of(
            new VolumeMountBuilder()
                .withName(files.volume())
                .withSubPath(files.subPath())
                .withMountPath(files.mountPath())
                .withReadOnly(true)
                .build()));
  }

  private static SidecarProgram proxy(EventSidecar.NetworkProxy proxy) {
    return new SidecarProgram(
        List.of("networkproxy"),
        List.of(
            variable("TIPHYS_SIDECAR", Json.write(proxy)),
            variable("TIPHYS_ON_STOP", lowerCase(proxy.onStop()))),
        List.of(),
        List.of());
  }

  private static String lowerCase(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** A variable with exactly this value. */
  static EnvVar variable(String name, String value) {
    return new EnvVar(name, Expansion.escape(value), null);
  }
}
