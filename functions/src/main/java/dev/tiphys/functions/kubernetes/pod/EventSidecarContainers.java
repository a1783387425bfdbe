package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.functions.port.TaskKeys;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.LifecycleHandlerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The containers of a pod that turn what its main container does into events. */
final class EventSidecarContainers {
  /** The service account that may read the log of a pod; {@code install} makes it. */
  static final String SERVICE_ACCOUNT = "tiphys-sidecar";

  /** Where the first listens for the hook; the others follow. */
  private static final int FIRST_PORT = 9901;

  private static final String STOPPING = "/stopping";

  private final List<EventSidecarContainer> containers;
  private final LogCapture capture;
  private final boolean hooked;

  private EventSidecarContainers(
      List<EventSidecarContainer> containers, LogCapture capture, boolean hooked) {
    this.containers = containers;
    this.capture = capture;
    this.hooked = hooked;
  }

  /**
   * Those of the instance.
   *
   * @param user what the user wrote of the pod. On the host's network its ports are the node's:
   *     then none is taken, and a stop, which nobody hears of, publishes all that was written
   */
  static EventSidecarContainers of(
      PodSettings settings,
      InstanceSpec spec,
      RunRef run,
      LogCapture capture,
      PodSpec user,
      TaskKeys keys) {
    boolean hostNetwork = Boolean.TRUE.equals(user.getHostNetwork());
    List<EventSidecar> sidecars =
        spec.sidecars().stream()
            .filter(sidecar -> SidecarProgram.of(sidecar, capture).isPresent())
            .sorted(Comparator.comparingInt(EventSidecarContainers::rank))
            .toList();
    List<EventSidecar> listeners =
        hostNetwork ? List.of() : sidecars.stream().filter(EventSidecarContainer::listens).toList();
    List<EventSidecarContainer> containers =
        IntStream.range(0, sidecars.size())
            .mapToObj(
                i ->
                    new EventSidecarContainer(
                        settings,
                        spec.identity(),
                        run,
                        sidecars.get(i),
                        keys.of(sidecars.get(i)),
                        SidecarProgram.of(sidecars.get(i), capture).orElseThrow(),
                        i,
                        ports(listeners.indexOf(sidecars.get(i)), listeners.size()),
                        user.getTerminationGracePeriodSeconds()))
            .toList();
    return new EventSidecarContainers(containers, capture, !listeners.isEmpty());
  }

  /** Who others publish to begins before them, and the kubelet ends it after them. */
  private static int rank(EventSidecar sidecar) {
    if (sidecar.takesEvents()) {
      return 0;
    }
    return sidecar instanceof EventSidecar.NetworkProxy ? 1 : 2;
  }

  /**
   * A container has one hook, so the first sidecar is told and tells the others.
   *
   * @param index among those that listen; -1 for one that does not
   * @return the sidecar's own port, and after it those that it passes the word to
   */
  private static List<Integer> ports(int index, int count) {
    if (index < 0) {
      return List.of();
    }
    int last = index == 0 ? count : index + 1;
    return IntStream.range(index, last).mapToObj(i -> FIRST_PORT + i).toList();
  }

  List<Container> containers() {
    return containers.stream().map(EventSidecarContainer::container).toList();
  }

  List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    containers.stream()
        .flatMap(container -> container.token().stream())
        .distinct()
        .forEach(token -> volumes.add(token.volume()));
    containers.stream()
        .flatMap(container -> container.program().volumes().stream())
        .distinct()
        .forEach(volumes::add);
    containers.forEach(container -> volumes.add(container.state()));
    if (containers.stream().anyMatch(it -> EventSidecarContainer.listens(it.sidecar()))) {
      volumes.add(StopFile.volume());
    }
    return volumes;
  }

  /** Null: the namespace's default will do. */
  @Nullable String serviceAccount() {
    return switch (capture) {
      case FILES -> null;
      case API -> readsOutput() ? SERVICE_ACCOUNT : null;
    };
  }

  private boolean readsOutput() {
    return containers.stream()
        .anyMatch(container -> container.sidecar() instanceof EventSidecar.StdoutWatcher);
  }

  /** What the kubelet does before it ends the main container; not when that ends by itself. */
  Optional<LifecycleHandler> hook() {
    return !hooked
        ? Optional.empty()
        : Optional.of(
            new LifecycleHandlerBuilder()
                .withNewHttpGet()
                .withPort(new IntOrString(FIRST_PORT))
                .withPath(STOPPING)
                .endHttpGet()
                .build());
  }
}
