package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.lifecycle.TaskState;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the watcher keeps of a task's pod.
 *
 * @param version of the cluster that showed it
 * @param started null if main has never run
 * @param traces of moments that the pod itself may no longer show
 * @param untraced what it shows of such moments and the traces lack; nothing once it has ended
 * @param leaving when its deletion was asked for, where it does not say so for good yet; else null
 * @param probed whether it is ready only when a probe says so
 * @param ended null until main has ended, or never will run
 * @param finished whether the pod as a whole has ended
 * @param held whether it may not go before our finalizer is taken off
 * @param watchers the task's lifecyclewatchers
 */
record TaskPod(
    String uid,
    String version,
    Instance instance,
    @Nullable Started started,
    List<Trace> traces,
    List<Trace> untraced,
    @Nullable Instant leaving,
    boolean probed,
    @Nullable Ended ended,
    boolean finished,
    boolean held,
    List<LifecycleWatcher> watchers) {
  TaskPod {
    traces = List.copyOf(traces);
    untraced = List.copyOf(untraced);
    watchers = List.copyOf(watchers);
  }

  String name() {
    return instance.name();
  }

  String run() {
    return instance.identity().run();
  }

  /** The same pod, found gone: if it has not ended before, it has now. */
  TaskPod gone(Ended lost) {
    return new TaskPod(
        uid,
        version,
        instance,
        started,
        traces,
        List.of(),
        null,
        probed,
        ended == null ? lost : ended,
        true,
        false,
        watchers);
  }

  /** What it has been through before its end, in the order in which that is told. */
  List<TaskState> past() {
    List<TaskState> past = new ArrayList<>();
    past.add(new TaskState.Created(instance.createdAt()));
    if (started != null) {
      past.add(started);
      if (!probed) {
        past.add(new TaskState.Ready(started.at()));
      }
    }
    traces.forEach(trace -> past.add(trace.state()));
    return past;
  }
}
