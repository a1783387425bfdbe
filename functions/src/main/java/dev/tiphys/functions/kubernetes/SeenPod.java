package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.pod.ObservedPod;
import dev.tiphys.functions.kubernetes.pod.StopFile;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.functions.port.Instance.State;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pod at one of its versions, as far as the functions look at it.
 *
 * @param owner uid of its run; empty if it has lost it
 * @param stopping whether it is marked as stopped, however far that has come
 * @param scheduled whether a node has it: only the node's kubelet may end it then
 * @param startedAt when its node took it; null: none has said so
 * @param deadline after how many seconds its node ends it; null: at no time
 * @param told whether it sees as a file that it is stopped
 * @param over whether the pod as a whole has ended, sidecars too
 */
record SeenPod(
    String uid,
    long version,
    String owner,
    boolean stopping,
    boolean scheduled,
    @Nullable Instant startedAt,
    @Nullable Long deadline,
    boolean told,
    boolean over,
    Instance instance) {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** The pod; empty if it is no instance, whatever labels it has. */
  static Optional<SeenPod> of(Pod pod) {
    ObjectMeta metadata = pod.getMetadata();
    return ObservedPod.of(pod)
        .map(
            instance ->
                new SeenPod(
                    metadata.getUid(),
                    version(metadata),
                    owner(metadata),
                    metadata.getAnnotations().containsKey(Marks.STOPPED),
                    pod.getSpec().getNodeName() != null,
                    startedAt(pod),
                    pod.getSpec().getActiveDeadlineSeconds(),
                    StopFile.shown(pod),
                    ENDED.contains(String.valueOf(pod.getStatus().getPhase())),
                    instance));
  }

  private static @Nullable Instant startedAt(Pod pod) {
    String started = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
    return started == null ? null : Instant.parse(started);
  }

  private static String owner(ObjectMeta metadata) {
    return metadata.getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .findFirst()
        .orElse("");
  }

  /** The version of an object; versions of one kind are numbers that grow. */
  static long version(ObjectMeta metadata) {
    return Long.parseLong(metadata.getResourceVersion());
  }

  String name() {
    return instance.name();
  }

  String run() {
    return instance.identity().run();
  }

  boolean gated() {
    return instance.state() == State.GATED;
  }

  boolean pending() {
    return instance.state() == State.PENDING;
  }

  boolean ended() {
    return instance.state().terminal();
  }
}
