package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Objects;

/**
 * Where an event sidecar sees whether we stop its task: the annotation as a file, which is empty
 * until then. What the kubelet does when it ends a pod is the same whoever wants that.
 */
public final class StopFile {
  static final String PATH = "/tiphys/stopped/why";

  private static final String VOLUME = "tiphys-stopped";
  private static final String FOLDER = "/tiphys/stopped";
  private static final String FILE = "why";

  private StopFile() {}

  static Volume volume() {
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewDownwardAPI()
        .addNewItem()
        .withPath(FILE)
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['%s']".formatted(Marks.STOPPED))
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .build();
  }

  static VolumeMount mount() {
    return new VolumeMountBuilder()
        .withName(VOLUME)
        .withMountPath(FOLDER)
        .withReadOnly(true)
        .build();
  }

  /** Whether a container of the pod looks there. */
  public static boolean shown(Pod pod) {
    return pod.getSpec().getInitContainers().stream().anyMatch(StopFile::shown);
  }

  /** Whether the container does. */
  static boolean shown(Container sidecar) {
    return sidecar.getVolumeMounts().stream()
        .anyMatch(mount -> Objects.equals(mount.getName(), VOLUME));
  }
}
