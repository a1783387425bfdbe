package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the watcher keeps of a task's pod.
 *
 * @param version of the cluster that showed it
 * @param started null if main has never run
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
    @Nullable Ended ended,
    boolean finished,
    boolean held,
    List<LifecycleWatcher> watchers) {
  TaskPod {
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
        uid, version, instance, started, ended == null ? lost : ended, true, false, watchers);
  }
}
