package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.Marks;
import dev.tiphys.functions.port.InstanceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;

/** The container that runs what the user wrote. */
final class MainContainer {
  private MainContainer() {}

  static Container of(InstanceSpec spec, TaskFiles files, StdoutWatchers watchers) {
    return new ContainerBuilder()
        .withName(Marks.MAIN)
        .withImage(spec.launch().image())
        .withCommand(spec.launch().command())
        .withArgs(arguments(spec.launch(), files))
        .withEnv(environment(spec))
        .addAllToVolumeMounts(files.mounts())
        .withLifecycle(watchers.hook().orElse(null))
        .build();
  }

  private static List<String> arguments(InstanceSpec.Launch launch, TaskFiles files) {
    List<String> arguments = new ArrayList<>(launch.args());
    if (files.hasScript()) {
      arguments.add(TaskFiles.SCRIPT_PATH);
    }
    return arguments;
  }

  private static List<EnvVar> environment(InstanceSpec spec) {
    return spec.variables().entrySet().stream()
        .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
        .toList();
  }
}
