package dev.tiphys.sidecars.watch;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the watcher makes of what it sees. It compares each sight of a pod with what was told of it
 * before, so it can be shown the same any number of times; what could not be told is told at the
 * next sight. Nothing in it waits.
 */
final class RunWatch {
  private final Outlet outlet;
  private final Finalizers finalizers;
  private final Traces traces;
  private final EventRecorder recorder;
  private final InstantSource clock;
  private final Map<String, WatchedRun> runs = new HashMap<>();
  private final Map<String, TaskPod> pods = new HashMap<>();
  private final Map<String, Told> told = new HashMap<>();
  private final Alarms alarms = new Alarms();
  private final Standing standing = new Standing();

  RunWatch(
      Outlet outlet,
      Finalizers finalizers,
      Traces traces,
      EventRecorder recorder,
      InstantSource clock) {
    this.outlet = outlet;
    this.finalizers = finalizers;
    this.traces = traces;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** What was told of a pod: the last sign, and how much of each lifecyclewatcher's stream. */
  private static final class Told {
    private @Nullable Sign sign;
    private final Map<String, Integer> moments = new HashMap<>();
  }

  /** A run is there, or has changed. */
  synchronized void seen(WatchedRun run) {
    WatchedRun before = runs.put(run.name(), run);
    KubernetesEvent.of(sameRun(before, run), run).forEach(recorder::record);
    switch (run.stage()) {
      case UNBEGUN -> {}
      case ACTIVE -> {
        if (before == null || !before.active() || !before.uid().equals(run.uid())) {
          awake(run);
        } else if (!Objects.equals(before.control(), run.control())) {
          outlet.offer(run, Hint.changed(run));
        }
      }
      case COMPLETE -> over(run);
    }
  }

  private static @Nullable WatchedRun sameRun(@Nullable WatchedRun before, WatchedRun now) {
    return before != null && before.uid().equals(now.uid()) ? before : null;
  }

  /** A run is there no longer. */
  synchronized void gone(WatchedRun run) {
    WatchedRun last = runs.get(run.name());
    if (last != null && last.uid().equals(run.uid())) {
      runs.remove(run.name());
      over(run);
    }
  }

  /** A pod is there, or has changed, or is looked at again. */
  synchronized void seen(TaskPod pod) {
    pods.put(pod.uid(), pod);
    WatchedRun run = runs.get(pod.run());
    if (run == null) {
      if (pod.held()) {
        finalizers.releaseOrphan(pod);
      }
      return;
    }
    switch (run.stage()) {
      case UNBEGUN -> {}
      case ACTIVE -> {
        if (!pod.untraced().isEmpty() || pod.leaving() != null) {
          traces.record(pod);
        }
        tell(run, pod, Sign.of(pod));
      }
      case COMPLETE -> release(run, pod);
    }
  }

  /** A pod is there no longer. */
  synchronized void gone(TaskPod pod) {
    pods.remove(pod.uid());
    WatchedRun run = runs.get(pod.run());
    if (run != null && run.active() && !pod.finished()) {
      tell(run, pod.gone(lost(pod)), Optional.of(Sign.DELETED));
    }
    told.remove(pod.uid());
  }

  /**
   * Wakes the runs whose time has come, or whose pods wait for something; to be called every now
   * and then.
   */
  synchronized void wake() {
    alarms.ring(runs.values(), clock.instant(), outlet);
    standing.tell(pods.values(), runs, clock.instant(), outlet);
  }

  /** Has a message published; false if the run is not active any more, or too much waits. */
  synchronized boolean offer(WatchedRun run, Message message) {
    WatchedRun last = runs.get(run.name());
    return last != null
        && last.active()
        && last.uid().equals(run.uid())
        && outlet.offer(run, message);
  }

  /** The runs that were seen and are not gone. */
  synchronized List<WatchedRun> runs() {
    return List.copyOf(runs.values());
  }

  /** How many runs there are, by phase. */
  synchronized Map<String, Integer> runsByPhase() {
    return runs.values().stream()
        .collect(Collectors.toMap(WatchedRun::phase, run -> 1, Integer::sum));
  }

  /** How many instances the active runs have, by state. */
  synchronized Map<Instance.State, Integer> instancesByState() {
    Map<Instance.State, Integer> counts = new EnumMap<>(Instance.State.class);
    for (Instance.State state : Instance.State.values()) {
      counts.put(state, 0);
    }
    for (TaskPod pod : pods.values()) {
      WatchedRun run = runs.get(pod.run());
      if (run != null && run.active()) {
        counts.merge(pod.instance().state(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Whether anything that was seen keeps the watcher from going to sleep. */
  synchronized boolean idle() {
    return Idleness.of(runs.values(), pods.values().stream().anyMatch(TaskPod::held), clock);
  }

  /** The run was not told of before: whatever was missed meanwhile is told now. */
  private void awake(WatchedRun run) {
    outlet.offer(run, Hint.changed(run));
    pods.values().stream().filter(pod -> pod.run().equals(run.name())).forEach(this::seen);
  }

  private void over(WatchedRun run) {
    outlet.close(run.name());
    for (TaskPod pod : List.copyOf(pods.values())) {
      if (pod.run().equals(run.name())) {
        told.remove(pod.uid());
        release(run, pod);
      }
    }
  }

  /**
   * The run needs to know nothing more of the pod. One that still lives was created a moment too
   * late, by a function that had read the run before its end: it is to be stopped.
   */
  private void release(WatchedRun run, TaskPod pod) {
    if (!pod.held()) {
      return;
    }
    if (pod.ended() == null && !pod.finished() && runs.containsKey(run.name())) {
      outlet.offer(run, Hint.late(run, pod));
    } else {
      finalizers.release(pod);
    }
  }

  private void tell(WatchedRun run, TaskPod pod, Optional<Sign> sign) {
    Told before = told.computeIfAbsent(pod.uid(), uid -> new Told());
    for (LifecycleWatcher watcher : pod.watchers()) {
      tellMoments(run, pod, watcher, before.moments);
    }
    if (sign.isPresent()
        && (before.sign == null || before.sign.compareTo(sign.get()) < 0)
        && outlet.offer(run, Hint.of(run, pod, sign.get()))) {
      before.sign = sign.get();
      if (sign.get() != Sign.STARTED && pod.instance().state() == Instance.State.FAILED) {
        recorder.record(KubernetesEvent.failed(run, pod));
      }
    }
  }

  private void tellMoments(
      WatchedRun run, TaskPod pod, LifecycleWatcher watcher, Map<String, Integer> moments) {
    List<Message> stream = Moments.of(run, pod, watcher);
    for (int i = moments.getOrDefault(watcher.name(), 0); i < stream.size(); i++) {
      if (!outlet.offer(run, stream.get(i))) {
        return;
      }
      moments.put(watcher.name(), i + 1);
    }
  }

  private Ended lost(TaskPod pod) {
    Instant at = clock.instant();
    Instant startedAt = pod.started() == null ? null : pod.started().at();
    return new Ended(null, false, Ended.DELETED, "the pod was deleted", startedAt, at);
  }
}
