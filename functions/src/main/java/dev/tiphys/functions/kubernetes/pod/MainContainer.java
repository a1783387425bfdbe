package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.InstanceSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container that runs what the user wrote. */
final class MainContainer {
  private MainContainer() {}

  static Container of(InstanceSpec spec, TaskFiles files, EventSidecarContainers sidecars) {
    Container user = UserFields.container(spec.pod());
    return new ContainerBuilder(user)
        .withName(Marks.MAIN)
        .withImage(spec.launch().image())
        .withCommand(spec.launch().command())
        .withArgs(arguments(spec.launch(), files))
        // after those that the cluster fills, which they may name
        .addAllToEnv(environment(spec))
        .addAllToVolumeMounts(files.mounts())
        .withLifecycle(lifecycle(user.getLifecycle(), sidecars))
        .build();
  }

  /** A hook that the user wrote stays; the sidecars then do not hear of a stop. */
  private static @Nullable Lifecycle lifecycle(
      @Nullable Lifecycle user, EventSidecarContainers sidecars) {
    return sidecars
        .hook()
        .filter(hook -> user == null || user.getPreStop() == null)
        .map(hook -> new LifecycleBuilder(empty(user)).withPreStop(hook).build())
        .orElse(user);
  }

  private static Lifecycle empty(@Nullable Lifecycle user) {
    return user == null ? new Lifecycle() : user;
  }

  private static List<String> arguments(InstanceSpec.Launch launch, TaskFiles files) {
    List<String> arguments = new ArrayList<>(launch.args());
    if (files.hasScript()) {
      arguments.add(TaskFiles.SCRIPT_PATH);
    }
    return arguments;
  }

  private static List<EnvVar> environment(InstanceSpec spec) {
    return spec.variables(TaskFiles.PARAMETERS_FOLDER).entrySet().stream()
        .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
        .toList();
  }
}
