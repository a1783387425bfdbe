package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.InstanceSpec;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFileBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the task finds as files: its parameters, and a script its text. They are annotations of its
 * pod, so that there is no second object to make and to forget.
 */
record TaskFiles(InstanceSpec spec) {
  static final String SCRIPT_PATH = "/tiphys/script/source";

  private static final String PARAMETERS = "tiphys-params";
  static final String PARAMETERS_FOLDER = "/tiphys/params";
  private static final String SCRIPT = "tiphys-script";
  private static final String SCRIPT_FOLDER = "/tiphys/script";
  private static final String SCRIPT_FILE = "source";

  List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    if (hasParameters()) {
      volumes.add(
          volume(
              PARAMETERS,
              spec.parameters().keySet().stream()
                  .map(name -> file(name, ParameterAnnotation.of(name)))
                  .toList()));
    }
    if (hasScript()) {
      volumes.add(volume(SCRIPT, List.of(file(SCRIPT_FILE, Marks.SOURCE))));
    }
    return volumes;
  }

  /** Where the main container sees them. */
  List<VolumeMount> mounts() {
    List<VolumeMount> mounts = new ArrayList<>();
    if (hasParameters()) {
      mounts.add(mount(PARAMETERS, PARAMETERS_FOLDER));
    }
    if (hasScript()) {
      mounts.add(mount(SCRIPT, SCRIPT_FOLDER));
    }
    return mounts;
  }

  private boolean hasParameters() {
    return !spec.parameters().isEmpty();
  }

  boolean hasScript() {
    return spec.launch().source() != null;
  }

  private static DownwardAPIVolumeFile file(String path, String annotation) {
    return new DownwardAPIVolumeFileBuilder()
        .withPath(path)
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['%s']".formatted(annotation))
        .endFieldRef()
        .build();
  }

  private static Volume volume(String name, List<DownwardAPIVolumeFile> files) {
    return new VolumeBuilder()
        .withName(name)
        .withNewDownwardAPI()
        .withItems(files)
        .endDownwardAPI()
        .build();
  }

  private static VolumeMount mount(String volume, String folder) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(folder)
        .withReadOnly(true)
        .build();
  }
}
