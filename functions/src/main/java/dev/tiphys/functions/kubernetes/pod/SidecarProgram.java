package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.functions.port.Expansion;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.FileWatch;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one kind of event sidecar needs in its container beside what all of them have.
 *
 * @param arguments of the sidecars' image
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
      case EventSidecar.LifecycleWatcher _ -> Optional.empty();
    };
  }

  private static SidecarProgram stdout(EventSidecar.StdoutWatcher watcher, LogCapture capture) {
    OutputSource output = OutputSource.of(capture);
    return new SidecarProgram(
        List.of("stdoutwatcher"),
        List.of(
            variable("TIPHYS_MAIN", Marks.MAIN),
            variable("TIPHYS_STREAM", lowerCase(watcher.stream())),
            variable("TIPHYS_ON_STOP", lowerCase(watcher.onStop())),
            variable("TIPHYS_LOGS", capture.lowerCaseName())),
        List.of(output.volume()),
        List.of(output.mount()));
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

  private static String lowerCase(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** A variable with exactly this value. */
  static EnvVar variable(String name, String value) {
    return new EnvVar(name, Expansion.escape(value), null);
  }
}
