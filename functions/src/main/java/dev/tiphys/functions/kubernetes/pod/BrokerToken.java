package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.triggers.plan.EventSidecar;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * By which a sidecar shows the run's Broker whose events it posts: a token of its pod's service
 * account, which is worth nothing elsewhere. The kubelet renews it in time.
 *
 * @param audience the Broker
 */
record BrokerToken(String audience) {
  private static final String VOLUME = "tiphys-token";
  private static final String FOLDER = "/tiphys/token";
  private static final String FILE = "token";

  /** Kubernetes gives none for less than ten minutes. */
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** Which user a sidecar of the task's author runs as is unknown; nobody else mounts it. */
  private static final int EVERYBODY_READS = 0444;

  /** Empty where none is asked for, or where another than the Broker would be shown it. */
  static Optional<BrokerToken> of(RunRef run, EventSidecar sidecar) {
    return Optional.ofNullable(run.audience())
        .filter(audience -> sidecar.common().sink() == null)
        .map(BrokerToken::new);
  }

  EnvVar variable() {
    return SidecarProgram.variable("TIPHYS_TOKEN_FILE", FOLDER + "/" + FILE);
  }

  VolumeMount mount() {
    return new VolumeMountBuilder()
        .withName(VOLUME)
        .withMountPath(FOLDER)
        .withReadOnly(true)
        .build();
  }

  Volume volume() {
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewProjected()
        .withDefaultMode(EVERYBODY_READS)
        .addNewSource()
        .withNewServiceAccountToken()
        .withAudience(audience)
        .withExpirationSeconds(LIFETIME.toSeconds())
        .withPath(FILE)
        .endServiceAccountToken()
        .endSource()
        .endProjected()
        .build();
  }
}
