package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.pod.ParameterAnnotation;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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

  private Patches() {}

  static String openGate(SeenPod pod) {
    return at(
        pod,
        Map.of(),
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

  static String stop(SeenPod pod, String reason) {
    return at(
        pod,
        Map.of("annotations", Map.of(Marks.STOPPED, reason)),
        "spec",
        Map.of("activeDeadlineSeconds", AT_ONCE_SECONDS));
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
