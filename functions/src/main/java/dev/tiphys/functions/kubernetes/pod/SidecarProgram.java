package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.functions.port.Expansion;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
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
      case EventSidecar.NetworkProxy proxy -> Optional.of(proxy(proxy));
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
