package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.WorkflowRun;
import dev.tiphys.functions.kubernetes.api.WorkflowRunSpec;
import dev.tiphys.functions.kubernetes.api.WorkflowRunStatus;
import dev.tiphys.functions.port.Instance;
import dev.tiphys.triggers.json.Json;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pods and runs as a cluster shows them. */
final class Sample {
  static final String STARTED_AT = "2026-01-02T03:04:05Z";
  static final String FINISHED_AT = "2026-01-02T03:04:09Z";
  private static final String WATCHERS = watcher(List.of("started", "success"));

  private Sample() {}

  /** A lifecyclewatcher, as the annotation has it, that tells these moments. */
  static String watcher(List<String> moments) {
    return """
    [{"kind": "lifecyclewatcher",
      "common": {"name": "watcher", "image": "tiphys/lifecyclewatcher", "eventType": "life"},
      "on": %s}]
    """
        .formatted(Json.write(moments));
  }

  static WatchedRun run(String name, @Nullable String phase) {
    return waking(name, phase, null);
  }

  /** A run whose broker asks for tokens. */
  static WatchedRun authorized(String name, String audience) {
    return run(name, "Running", null, null, audience);
  }

  static WatchedRun waking(String name, @Nullable String phase, @Nullable Instant wakeAt) {
    return run(name, phase, null, wakeAt, null);
  }

  /** One that runs, but for what it waits. */
  static WatchedRun stalled(String name, String message) {
    return run(name, "Running", message, null, null);
  }

  private static WatchedRun run(
      String name,
      @Nullable String phase,
      @Nullable String message,
      @Nullable Instant wakeAt,
      @Nullable String audience) {
    WorkflowRun run = new WorkflowRun();
    run.getMetadata().setName(name);
    run.getMetadata().setUid(name + "-uid");
    run.getMetadata().setResourceVersion("5");
    run.getMetadata().setCreationTimestamp(STARTED_AT);
    run.setSpec(WorkflowRunSpec.requested("coinflip", "coinflip-0", new TreeMap<>()));
    if (phase != null) {
      run.setStatus(
          new WorkflowRunStatus(
              phase,
              message,
              "http://broker.test/",
              audience,
              "files",
              "",
              STARTED_AT,
              null,
              wakeAt == null ? null : wakeAt.toString(),
              "{}"));
    }
    return WatchedRun.of(run);
  }

  static Pod waiting(String run) {
    Instance.Identity identity =
        new Instance.Identity("flip-1", "coinflip", run, "main", "flip", null, 0);
    return new PodBuilder()
        .withNewMetadata()
        .withName("flip-1")
        .withUid("uid-1")
        .withResourceVersion("7")
        .withCreationTimestamp(STARTED_AT)
        .addToLabels(Marks.RUN, run)
        .addToAnnotations(Marks.INSTANCE, Json.write(identity))
        .addToAnnotations(Marks.LIFECYCLE, WATCHERS)
        .addToFinalizers(Marks.FINALIZER)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withPhase("Pending")
        .endStatus()
        .build();
  }

  static Pod running(String run) {
    return waiting(run)
        .edit()
        .editStatus()
        .withPhase("Running")
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName(Marks.MAIN)
                .withNewState()
                .withNewRunning(STARTED_AT)
                .endState()
                .build())
        .endStatus()
        .build();
  }

  /** Main has ended; sidecars still publish. */
  static Pod ended(String run, int exitCode) {
    return waiting(run)
        .edit()
        .editStatus()
        .withPhase("Running")
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName(Marks.MAIN)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withStartedAt(STARTED_AT)
                .withFinishedAt(FINISHED_AT)
                .endTerminated()
                .endState()
                .build())
        .endStatus()
        .build();
  }

  static Pod finished(String run) {
    return ended(run, 0).edit().editStatus().withPhase("Succeeded").endStatus().build();
  }

  static TaskPod pod(Pod pod) {
    return PodReading.of(pod).orElseThrow();
  }
}
