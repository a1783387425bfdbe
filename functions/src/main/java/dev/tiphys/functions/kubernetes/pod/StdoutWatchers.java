package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.LifecycleHandlerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The containers of a pod that read what its main container writes. */
final class StdoutWatchers {
  /** The service account that may read the log of a pod; {@code install} makes it. */
  static final String SERVICE_ACCOUNT = "tiphys-sidecar";

  /** Where the first listens for the hook; the others follow. */
  private static final int FIRST_PORT = 9901;

  private static final String STOPPING = "/stopping";

  private final List<StdoutWatcherContainer> watchers;
  private final LogCapture capture;
  private final boolean hostNetwork;

  private StdoutWatchers(
      List<StdoutWatcherContainer> watchers, LogCapture capture, boolean hostNetwork) {
    this.watchers = watchers;
    this.capture = capture;
    this.hostNetwork = hostNetwork;
  }

  /**
   * Those of the instance.
   *
   * @param user what the user wrote of the pod. On the host's network its ports are the node's:
   *     then none is taken, and a stop, which nobody hears of, publishes all that was written
   */
  static StdoutWatchers of(
      PodSettings settings, InstanceSpec spec, RunRef run, LogCapture capture, PodSpec user) {
    boolean hostNetwork = Boolean.TRUE.equals(user.getHostNetwork());
    List<EventSidecar.StdoutWatcher> sidecars =
        spec.sidecars().stream()
            .filter(EventSidecar.StdoutWatcher.class::isInstance)
            .map(EventSidecar.StdoutWatcher.class::cast)
            .toList();
    List<StdoutWatcherContainer> watchers =
        IntStream.range(0, sidecars.size())
            .mapToObj(
                i ->
                    new StdoutWatcherContainer(
                        settings,
                        spec.identity(),
                        run,
                        sidecars.get(i),
                        capture,
                        i,
                        hostNetwork ? List.of() : ports(i, sidecars.size()),
                        user.getTerminationGracePeriodSeconds()))
            .toList();
    return new StdoutWatchers(watchers, capture, hostNetwork);
  }

  /**
   * A container has one hook, so the first watcher is told and tells the others.
   *
   * @return the watcher's own port, and after it those that it passes the word to
   */
  private static List<Integer> ports(int index, int count) {
    int last = index == 0 ? count : index + 1;
    return IntStream.range(index, last).mapToObj(i -> FIRST_PORT + i).toList();
  }

  List<Container> containers() {
    return watchers.stream().map(StdoutWatcherContainer::container).toList();
  }

  List<Volume> volumes() {
    if (watchers.isEmpty()) {
      return List.of();
    }
    List<Volume> volumes = new ArrayList<>();
    volumes.add(watchers.getFirst().key());
    volumes.add(watchers.getFirst().output());
    watchers.forEach(watcher -> volumes.add(watcher.state()));
    return volumes;
  }

  /** Null: the namespace's default will do. */
  @Nullable String serviceAccount() {
    return switch (capture) {
      case FILES -> null;
      case API -> watchers.isEmpty() ? null : SERVICE_ACCOUNT;
    };
  }

  /** What the kubelet does before it ends the main container; not when that ends by itself. */
  Optional<LifecycleHandler> hook() {
    return watchers.isEmpty() || hostNetwork
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
