package dev.tiphys.functions.kubernetes.pod;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import dev.tiphys.triggers.plan.PodFields;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a pod says of its instance. The main container's state is the instance's: it has ended when
 * that has, though sidecars still publish.
 *
 * <p>Nothing that the cluster may yet start is called ended: an image that cannot be pulled, a
 * Secret that is missing, can come; the instance waits, and says for what.
 */
public final class ObservedPod {
  private static final Pattern REVISION = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private final ObjectMeta metadata;
  private final PodSpec spec;
  private final PodStatus status;
  private final MainStatus main;

  /** What ended the task, if it did not end by itself. */
  private final Optional<Departure> departure;

  private ObservedPod(Pod pod) {
    metadata = pod.getMetadata();
    spec = Objects.requireNonNullElseGet(pod.getSpec(), PodSpec::new);
    status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    main = MainStatus.of(status);
    departure = Departure.of(metadata, spec, status).filter(it -> it.ended(main));
  }

  /** The instance; empty for a pod that is none of ours, or that lost what makes it one. */
  public static Optional<Instance> of(Pod pod) {
    return pod.getMetadata() == null
        ? Optional.empty()
        : IdentityAnnotation.read(pod.getMetadata())
            .flatMap(
                identity ->
                    created(pod.getMetadata())
                        .map(created -> new ObservedPod(pod).instance(identity, created)));
  }

  private static Optional<Instant> created(ObjectMeta metadata) {
    try {
      return Optional.ofNullable(metadata.getCreationTimestamp()).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Instance instance(Instance.Identity identity, Instant created) {
    State state = state();
    boolean cutOff = ended() && EventSidecars.anyFailed(spec, status);
    Instant startBy = state == State.PENDING ? startBy(created) : null;
    return new Instance(
        identity, state, main.ran(), cutOff, message(state), created, revision(), startBy);
  }

  /** What is no number was not written by us, and is older than whatever is. */
  private long revision() {
    String revision = metadata.getAnnotations().getOrDefault(Marks.REVISION, "");
    return REVISION.matcher(revision).matches() ? Long.parseLong(revision) : 0;
  }

  /**
   * Counts from when it might start. What the user lets run before main has begun in its time, and
   * takes as long as it takes; what is going or is to be stopped is not waited for.
   */
  private @Nullable Instant startBy(Instant created) {
    if (stopReason() != null
        || metadata.getDeletionTimestamp() != null
        || EventSidecars.othersHaveBegun(spec, status)) {
      return null;
    }
    String seconds = metadata.getAnnotations().getOrDefault(PodFields.PENDING_TIMEOUT, "");
    return SECONDS.matcher(seconds).matches()
        ? letGoAt().orElse(created).plusSeconds(Long.parseLong(seconds))
        : null;
  }

  private Optional<Instant> letGoAt() {
    try {
      return Optional.ofNullable(metadata.getAnnotations().get(Marks.LET_GO)).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private State state() {
    if (givenUp() != null) {
      return State.FAILED;
    }
    if (main.terminated() != null || ended()) {
      return stopReason() != null ? State.STOPPED : succeeded() ? State.SUCCEEDED : State.FAILED;
    }
    if (main.running()) {
      return State.RUNNING;
    }
    if (stopReason() != null && !bound()) {
      return State.STOPPED;
    }
    return gated() ? State.GATED : State.PENDING;
  }

  /** Nothing of the pod runs any more, or ever will. */
  private boolean ended() {
    return "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase()) || letGo();
  }

  /** Deleted, and kept by its finalizer alone: no kubelet has to say anything more. */
  private boolean letGo() {
    return metadata.getDeletionTimestamp() != null
        && Objects.equals(metadata.getDeletionGracePeriodSeconds(), 0L);
  }

  /** A pod that went while its task ran has failed, and nobody has heard all of the task. */
  private boolean succeeded() {
    boolean well =
        main.terminated() != null
            ? main.terminated().getExitCode() == 0
            : "Succeeded".equals(status.getPhase());
    return well && departure.isEmpty();
  }

  private @Nullable String stopReason() {
    return metadata.getAnnotations().get(Marks.STOPPED);
  }

  private @Nullable String givenUp() {
    return metadata.getAnnotations().get(Marks.GIVEN_UP);
  }

  /** Until a node has it, it never begins unless somebody lets it. */
  private boolean bound() {
    return spec.getNodeName() != null && !spec.getNodeName().isEmpty();
  }

  private boolean gated() {
    return spec.getSchedulingGates().stream()
        .map(PodSchedulingGate::getName)
        .anyMatch(Marks.GATE::equals);
  }

  private String message(State state) {
    return switch (state) {
      case GATED, RUNNING, SUCCEEDED -> "";
      case PENDING -> WaitingText.of(status);
      case STOPPED -> Objects.requireNonNullElse(stopReason(), "");
      case FAILED ->
          Objects.requireNonNullElseGet(givenUp(), () -> FailureText.of(status, main, departure));
    };
  }
}
