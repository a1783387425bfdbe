package dev.tiphys.sidecars.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.sidecars.lifecycle.TaskState;
import dev.tiphys.triggers.json.Json;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;

/**
 * A moment of which an ended pod shows nothing: that it was ready, that it was started again. It is
 * kept in an annotation before it is told, so that whoever looks at the pod later gives its events
 * the same numbers.
 */
record Trace(Moment moment, Instant at) {
  private static final TypeReference<List<Trace>> LIST = new TypeReference<>() {};

  /** What the pod's annotation has, in the order in which it happened. */
  static List<Trace> of(Pod pod) {
    String json = pod.getMetadata().getAnnotations().get(Marks.TRACES);
    if (json == null) {
      return List.of();
    }
    try {
      return List.copyOf(Json.mapper().readValue(json, LIST));
    } catch (JsonProcessingException e) {
      // not ours: what is recorded next replaces it
      return List.of();
    }
  }

  TaskState state() {
    return moment == Moment.READY ? new TaskState.Ready(at) : new TaskState.Restarted(at);
  }
}
