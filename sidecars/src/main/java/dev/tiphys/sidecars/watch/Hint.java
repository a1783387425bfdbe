package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.event.EventTypes;
import dev.tiphys.triggers.event.RunKeys;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Tells the functions to look. They trust nothing of it, so one more or less does no harm. */
record Hint(URI sink, CloudEvent event) implements Message {
  /** That a pod has come so far. */
  static Hint of(WatchedRun run, TaskPod pod, Sign sign) {
    Instance.Identity identity = pod.instance().identity();
    Instant time = time(pod, sign);
    CloudEventBuilder event =
        common(run)
            .withId(pod.uid() + "/" + sign.text())
            .withType(sign.type())
            .withSubject(identity.name())
            .withExtension(Attributes.TASK, identity.task())
            .withExtension(Attributes.INSTANCE, identity.name())
            .withExtension(Attributes.RESOURCE_VERSION, pod.version());
    if (time != null) {
      event.withTime(time.atOffset(ZoneOffset.UTC));
    }
    return new Hint(run.sink(), event.build());
  }

  /** That something may have been missed. */
  static Hint changed(WatchedRun run) {
    CloudEventBuilder event =
        common(run)
            .withId(run.uid() + "/changed/" + run.version())
            .withType(EventTypes.RUN_CHANGED);
    return new Hint(run.sink(), event.build());
  }

  /** That the time has come at which the run is to be looked at. */
  static Hint due(WatchedRun run, Instant wakeAt) {
    CloudEventBuilder event =
        common(run).withId(run.uid() + "/due/" + wakeAt).withType(EventTypes.RUN_CHANGED);
    return new Hint(run.sink(), event.build());
  }

  /** That a pod is in another state, waits for something else, or has waited for too long. */
  static Hint standing(WatchedRun run, TaskPod pod, Instant now) {
    CloudEventBuilder event =
        common(run)
            .withId(pod.uid() + "/standing/" + pod.version() + "/" + now)
            .withType(EventTypes.RUN_CHANGED)
            .withExtension(Attributes.RESOURCE_VERSION, pod.version());
    return new Hint(run.sink(), event.build());
  }

  /** That a pod of a complete run lives. */
  static Hint late(WatchedRun run, TaskPod pod) {
    CloudEventBuilder event =
        common(run)
            .withId(pod.uid() + "/late/" + pod.version())
            .withType(EventTypes.RUN_CHANGED)
            .withExtension(Attributes.RESOURCE_VERSION, pod.version());
    return new Hint(run.sink(), event.build());
  }

  private static CloudEventBuilder common(WatchedRun run) {
    return CloudEventBuilder.v1()
        .withSource(URI.create("/tiphys/" + run.workflow() + "/" + run.name()))
        .withExtension(Attributes.WORKFLOW, run.workflow())
        .withExtension(Attributes.RUN, run.name())
        .withExtension(Attributes.PARTITION_KEY, run.name());
  }

  private static @Nullable Instant time(TaskPod pod, Sign sign) {
    Started started = pod.started();
    Ended ended = pod.ended();
    return switch (sign) {
      case STARTED -> started == null ? null : started.at();
      case ENDED, FINISHED, DELETED -> ended == null ? null : ended.finishedAt();
    };
  }

  @Override
  public CloudEvent signed(RunKeys keys) {
    return keys.control().sign(event);
  }
}
