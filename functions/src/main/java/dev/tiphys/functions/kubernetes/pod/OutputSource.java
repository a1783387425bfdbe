package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * What a sidecar needs to read its sibling's output.
 *
 * @param mount in the sidecar's container alone
 */
record OutputSource(Volume volume, VolumeMount mount) {
  private static final String LOGS = "tiphys-logs";
  private static final String TOKEN = "tiphys-token";

  /** Where every client of the API server looks for its token. */
  private static final String TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** The kubelet renews the token well before; this is what it asks for itself. */
  private static final long TOKEN_SECONDS = 3_607;

  static OutputSource of(LogCapture capture) {
    return switch (capture) {
      case FILES -> new OutputSource(logs(), ownFolder());
      case API -> new OutputSource(token(), mount(TOKEN, TOKEN_FOLDER).build());
    };
  }

  private static Volume logs() {
    return new VolumeBuilder()
        .withName(LOGS)
        .withNewHostPath()
        .withPath("/var/log/pods")
        .withType("Directory")
        .endHostPath()
        .build();
  }

  /** The folder of its own pod, and none of another's. */
  private static VolumeMount ownFolder() {
    return mount(LOGS, "/var/log/task")
        .withSubPathExpr("$(POD_NAMESPACE)_$(POD_NAME)_$(POD_UID)")
        .build();
  }

  /** As the kubelet would mount it into all containers; here it is for one. */
  private static Volume token() {
    return new VolumeBuilder()
        .withName(TOKEN)
        .withNewProjected()
        .addNewSource()
        .withNewServiceAccountToken()
        .withExpirationSeconds(TOKEN_SECONDS)
        .withPath("token")
        .endServiceAccountToken()
        .endSource()
        .addNewSource()
        .withNewConfigMap()
        .withName("kube-root-ca.crt")
        .addNewItem("ca.crt", null, "ca.crt")
        .endConfigMap()
        .endSource()
        .addNewSource()
        .withNewDownwardAPI()
        .addNewItem()
        .withPath("namespace")
        .withNewFieldRef()
        .withFieldPath("metadata.namespace")
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .endSource()
        .endProjected()
        .build();
  }

  private static VolumeMountBuilder mount(String volume, String folder) {
    return new VolumeMountBuilder().withName(volume).withMountPath(folder).withReadOnly(true);
  }
}
