package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.pod.ParameterAnnotation;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of pods, as strategic merge patches. Those that depend on what the pod is name the
 * version that it was seen at, and then change nothing if it is another by now.
 */
final class Patches {
  /** How they are to be applied: entries of lists by their key, not by their place. */
  static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  /** As short as may be: the kubelet ends the pod with its grace period, as always. */
  private static final int AT_ONCE_SECONDS = 1;

  /** A kubelet takes a third of that to write an annotation into a file. */
  private static final Duration SHOWN = Duration.ofMillis(500);

  private Patches() {}

  static String openGate(SeenPod pod, Instant now) {
    return at(
        pod,
        Map.of("annotations", Map.of(Marks.LET_GO, now.toString())),
        "spec",
        Map.of("schedulingGates", List.of(Map.of("name", Marks.GATE, "$patch", "delete"))));
  }

  /** The kubelet writes annotations that the pod sees as files anew, within seconds. */
  static String update(SeenPod pod, Map<String, String> parameters, long revision) {
    Map<String, String> annotations = new TreeMap<>();
    parameters.forEach((name, value) -> annotations.put(ParameterAnnotation.of(name), value));
    annotations.put(Marks.REVISION, Long.toString(revision));
    return Json.write(
        Map.of(
            "metadata",
            Map.of("resourceVersion", Long.toString(pod.version()), "annotations", annotations)));
  }

  static String stop(SeenPod pod, String reason, Instant now) {
    return at(
        pod,
        Map.of("annotations", Map.of(Marks.STOPPED, reason)),
        "spec",
        Map.of("activeDeadlineSeconds", deadline(pod, now)));
  }

  /**
   * In seconds since its node took it. A pod with sidecars that are to know whose stop it is has a
   * moment more: its node shows them the annotation only while the pod is not ending. A deadline
   * that it has already can only be lowered.
   */
  private static long deadline(SeenPod pod, Instant now) {
    long ours =
        pod.told() && pod.startedAt() != null
            ? Math.max(AT_ONCE_SECONDS, rounded(Duration.between(pod.startedAt(), now).plus(SHOWN)))
            : AT_ONCE_SECONDS;
    return pod.deadline() == null ? ours : Math.min(ours, pod.deadline());
  }

  private static long rounded(Duration up) {
    return up.plusMillis(999).toSeconds();
  }

  /** Its node has it and cannot begin it. */
  static String giveUp(SeenPod pod, String reason) {
    return at(
        pod,
        Map.of("annotations", Map.of(Marks.GIVEN_UP, reason)),
        "spec",
        Map.of("activeDeadlineSeconds", AT_ONCE_SECONDS));
  }

  /** The same of one that no node has. */
  static String neverStarted(SeenPod pod, String reason) {
    return at(
        pod,
        Map.of(),
        "status",
        Map.of("phase", "Failed", "reason", Marks.NOT_STARTED, "message", reason));
  }

  /** Of the status: no node has it, so there is no kubelet to say so. */
  static String neverRan(SeenPod pod, String reason) {
    return at(
        pod, Map.of(), "status", Map.of("phase", "Failed", "reason", "Stopped", "message", reason));
  }

  static String recorded() {
    return Json.write(
        Map.of(
            "metadata", Map.of("$deleteFromPrimitiveList/finalizers", List.of(Marks.FINALIZER))));
  }

  private static String at(
      SeenPod pod, Map<String, ?> metadata, String part, Map<String, ?> change) {
    Map<String, Object> all = new TreeMap<>(metadata);
    all.put("resourceVersion", Long.toString(pod.version()));
    return Json.write(Map.of("metadata", all, part, change));
  }
}
