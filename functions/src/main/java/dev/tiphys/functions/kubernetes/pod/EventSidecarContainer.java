package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.event.SigningKey;
import dev.tiphys.triggers.plan.EventSidecar;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The container of one event sidecar: a native sidecar, which starts before the task and ends after
 * it.
 *
 * @param key signs its events; in its own environment alone
 * @param program what its kind adds
 * @param index among those of its pod
 * @param ports where it is told that the task is being stopped, and whom it tells
 * @param graceSeconds what the pod's containers have to end; null: Kubernetes' default
 */
record EventSidecarContainer(
    PodSettings settings,
    Instance.Identity instance,
    RunRef run,
    EventSidecar sidecar,
    SigningKey key,
    SidecarProgram program,
    int index,
    List<Integer> ports,
    @Nullable Long graceSeconds) {
  /** Who mounts one publishes in the run's name. */
  static final String STATE_VOLUME = "tiphys-state-";

  static final String STATE_FOLDER = "/tiphys/state";

  private static final int START_LIMIT_SECONDS = 120;

  private static final long USER = 65_532;

  /**
   * Runtimes write log files as {@code root:root}, mode 0640. The group alone opens them: no root
   * user, no capability.
   */
  private static final long GROUP = 0;

  Container container() {
    Container base =
        sidecar instanceof EventSidecar.Custom custom ? UserFields.container(custom) : ours();
    return new ContainerBuilder(base)
        .withName(sidecar.name())
        .withRestartPolicy("Always")
        // first: the user's may name them
        .withEnv(
            new EventSidecarEnvironment(instance, run, sidecar, key, ports, graceSeconds)
                .variables())
        .addAllToEnv(stopVariables())
        .addAllToEnv(token().map(BrokerToken::variable).stream().toList())
        .addAllToEnv(program.variables())
        .addAllToEnv(base.getEnv())
        .addAllToVolumeMounts(token().map(BrokerToken::mount).stream().toList())
        .addAllToVolumeMounts(program.mounts())
        .addAllToVolumeMounts(listens(sidecar) ? List.of(StopFile.mount()) : List.of())
        .addToVolumeMounts(
            new VolumeMountBuilder().withName(stateVolume()).withMountPath(STATE_FOLDER).build())
        .build();
  }

  private List<EnvVar> stopVariables() {
    return listens(sidecar)
        ? List.of(SidecarProgram.variable("TIPHYS_STOP_FILE", StopFile.PATH))
        : List.of();
  }

  /** What it shows the Broker, if that asks for a token. */
  Optional<BrokerToken> token() {
    return BrokerToken.of(run, sidecar);
  }

  private Container ours() {
    return new ContainerBuilder()
        .withImage(settings.sidecarsImage())
        .withArgs(program.arguments())
        .withStartupProbe(listening())
        .withNewResources()
        .addToRequests("cpu", new Quantity("10m"))
        .addToRequests("memory", new Quantity("64Mi"))
        .addToLimits("memory", new Quantity("192Mi"))
        .endResources()
        .withSecurityContext(security())
        .build();
  }

  /** Whether it can be told that the task is being stopped. */
  static boolean listens(EventSidecar sidecar) {
    return !(sidecar instanceof EventSidecar.Custom);
  }

  /**
   * The task begins when its watcher can be told of its end: a task that is over in no time would
   * else have the kubelet end a watcher that has not begun, and its output would be lost.
   */
  private @Nullable Probe listening() {
    return ports.isEmpty()
        ? null
        : new ProbeBuilder()
            .withNewTcpSocket()
            .withPort(new IntOrString(ports.getFirst()))
            .endTcpSocket()
            .withPeriodSeconds(1)
            .withFailureThreshold(START_LIMIT_SECONDS)
            .build();
  }

  private static SecurityContext security() {
    return new SecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(GROUP)
        .withReadOnlyRootFilesystem(true)
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /** How far it has read; a restarted container goes on from there. */
  Volume state() {
    return new VolumeBuilder().withName(stateVolume()).withNewEmptyDir().endEmptyDir().build();
  }

  /** One each: two in one folder would write over each other. */
  private String stateVolume() {
    return STATE_VOLUME + index;
  }
}
