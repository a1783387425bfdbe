package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.port.InstanceSpec;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.LogCapture;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
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

  StdoutWatchers(PodSettings settings, InstanceSpec spec, RunRef run, LogCapture capture) {
    List<EventSidecar.StdoutWatcher> sidecars =
        spec.sidecars().stream()
            .filter(EventSidecar.StdoutWatcher.class::isInstance)
            .map(EventSidecar.StdoutWatcher.class::cast)
            .toList();
    this.capture = capture;
    this.watchers =
        IntStream.range(0, sidecars.size())
            .mapToObj(
                i ->
                    new StdoutWatcherContainer(
                        settings,
                        spec.identity(),
                        run,
                        sidecars.get(i),
                        capture,
                        ports(i, sidecars.size())))
            .toList();
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
  Optional<Lifecycle> hook() {
    return watchers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LifecycleBuilder()
                .withNewPreStop()
                .withNewHttpGet()
                .withPort(new IntOrString(FIRST_PORT))
                .withPath(STOPPING)
                .endHttpGet()
                .endPreStop()
                .build());
  }
}
