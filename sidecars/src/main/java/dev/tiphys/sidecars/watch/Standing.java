package dev.tiphys.sidecars.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has a run told when its pods are in another state than before, wait for something else, or have
 * not started in their time: people are to see that within two seconds. Each run at most once a
 * look, however many of its pods there are: the functions look at all of them.
 */
final class Standing {
  /** The function's clock may be behind, or what it was told of got lost. */
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** By uid of a pod, when it was told to be overdue. */
  private final Map<String, Instant> overdue = new HashMap<>();

  /** By uid of a pod, what was told of it last. */
  private final Map<String, String> told = new HashMap<>();

  /** To be called every now and then. */
  void tell(Collection<TaskPod> pods, Map<String, WatchedRun> runs, Instant now, Outlet outlet) {
    Set<String> there = pods.stream().map(TaskPod::uid).collect(Collectors.toSet());
    told.keySet().retainAll(there);
    overdue.keySet().retainAll(there);
    pods.stream()
        .filter(pod -> isNews(pod) || isOverdue(pod, now))
        .collect(Collectors.groupingBy(TaskPod::run))
        .forEach((name, its) -> tell(runs.get(name), its, now, outlet));
  }

  private boolean isNews(TaskPod pod) {
    // how they end is told at once
    return !pod.instance().state().terminal() && !standing(pod).equals(told.get(pod.uid()));
  }

  private static String standing(TaskPod pod) {
    return pod.instance().state() + ": " + pod.instance().message();
  }

  private boolean isOverdue(TaskPod pod, Instant now) {
    Instant last = overdue.get(pod.uid());
    return pod.instance().overdue(now) && (last == null || !last.plus(AGAIN).isAfter(now));
  }

  private void tell(@Nullable WatchedRun run, List<TaskPod> pods, Instant now, Outlet outlet) {
    if (run == null || !run.active()) {
      return;
    }
    TaskPod newest =
        pods.stream()
            .max(Comparator.comparingLong(pod -> Long.parseLong(pod.version())))
            .orElseThrow();
    if (outlet.offer(run, Hint.standing(run, newest, now))) {
      pods.forEach(pod -> told.put(pod.uid(), standing(pod)));
      pods.stream()
          .filter(pod -> pod.instance().overdue(now))
          .forEach(pod -> overdue.put(pod.uid(), now));
    }
  }
}
