package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the kubelet says of the main container.
 *
 * @param terminated how it ended; null: it has not, or nobody knows
 */
record MainStatus(boolean running, @Nullable ContainerStateTerminated terminated) {
  /** The kubelet's time of a container that never began. */
  private static final String NEVER = "1970-01-01T00:00:00Z";

  private static final MainStatus UNKNOWN = new MainStatus(false, null);

  static MainStatus of(PodStatus status) {
    return status.getContainerStatuses().stream()
        .filter(container -> Marks.MAIN.equals(container.getName()))
        .map(ContainerStatus::getState)
        .filter(state -> state != null)
        .findFirst()
        .map(MainStatus::of)
        .orElse(UNKNOWN);
  }

  private static MainStatus of(ContainerState state) {
    ContainerStateTerminated ended = state.getTerminated();
    boolean readable = ended != null && ended.getExitCode() != null;
    return new MainStatus(state.getRunning() != null, readable ? ended : null);
  }

  /** Whether its process ever began: one that could not be launched writes nothing. */
  boolean ran() {
    return running
        || (terminated != null
            && terminated.getStartedAt() != null
            && !terminated.getStartedAt().equals(NEVER));
  }
}
