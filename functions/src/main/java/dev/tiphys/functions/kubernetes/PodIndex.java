package dev.tiphys.functions.kubernetes;

import dev.tiphys.functions.port.Unavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The task pods of a namespace as the watch shows them, and at once what this process wrote: the
 * watch tells everything in the order of versions, so a write that is newer than what it has told
 * is put in, and one that is not is known already.
 */
final class PodIndex {
  /**
   * Versions that a cluster makes at most while nothing is told: a minute goes by between two signs
   * of a watch, in which an API server makes some 100,000 writes.
   */
  static final long VERSIONS_AHEAD_MAX = 10_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Duration patience;
  private final Map<String, SeenPod> pods = new HashMap<>();
  private final Map<String, Map<String, SeenPod>> byRun = new HashMap<>();

  /** The last versions of pods that this process deleted, by uid, until the watch has told it. */
  private final Map<String, Long> deleted = new HashMap<>();

  /** Up to which version the watch has told everything. */
  private long told;

  private boolean watched;

  /**
   * @param patience how long a reader waits for the watch
   */
  PodIndex(Duration patience) {
    this.patience = patience;
  }

  /** All pods there are, as listed at that version; from now on every change is told. */
  void listed(List<SeenPod> all, long version) {
    locked(
        () -> {
          List<SeenPod> newer = pods.values().stream().filter(p -> p.version() > version).toList();
          pods.clear();
          byRun.clear();
          Set<String> listed = all.stream().map(SeenPod::uid).collect(Collectors.toSet());
          deleted.entrySet().removeIf(e -> e.getValue() <= version && !listed.contains(e.getKey()));
          all.forEach(this::keep);
          newer.forEach(this::keep);
          told = Math.max(told, version);
          watched = true;
        });
  }

  /** The watch is broken: until the next list nobody knows what changes. */
  void lost() {
    locked(() -> watched = false);
  }

  /** The watch tells that a pod was created or changed. */
  void changed(SeenPod pod) {
    locked(
        () -> {
          if (pod.version() > told) {
            keep(pod);
            told = pod.version();
          }
        });
  }

  /** The watch tells that a pod is gone. */
  void gone(String name, String uid, long version) {
    locked(
        () -> {
          if (version > told) {
            deleted.remove(uid);
            drop(name, uid);
            told = version;
          }
        });
  }

  /** The watch tells that nothing has happened up to that version. */
  void reached(long version) {
    locked(() -> told = Math.max(told, version));
  }

  /** This process wrote a pod, or read it. */
  void wrote(SeenPod pod) {
    locked(
        () -> {
          if (pod.version() > told) {
            keep(pod);
          }
        });
  }

  /** This process deleted a pod for good. */
  void deleted(SeenPod pod) {
    locked(
        () -> {
          if (pods.containsKey(pod.name())) {
            deleted.put(pod.uid(), pod.version());
            drop(pod.name(), pod.uid());
          }
        });
  }

  /** The run's pods. */
  List<SeenPod> of(String run) {
    return awaiting(() -> watched, () -> List.copyOf(byRun.getOrDefault(run, Map.of()).values()));
  }

  /** The pod of that name. */
  Optional<SeenPod> find(String name) {
    return awaiting(() -> watched, () -> Optional.ofNullable(pods.get(name)));
  }

  /**
   * Waits until the watch has told everything up to that version. One that is far ahead of what was
   * told is none that the cluster can have come to, and is not waited for.
   */
  void await(long version) {
    awaiting(() -> watched && (told >= version || version - told > VERSIONS_AHEAD_MAX), () -> told);
  }

  /** Up to which version everything is known; 0 before the first list. */
  long told() {
    return awaiting(() -> true, () -> told);
  }

  private void keep(SeenPod pod) {
    SeenPod known = pods.get(pod.name());
    boolean older = known != null && known.version() > pod.version();
    if (!older && !deleted.containsKey(pod.uid())) {
      pods.put(pod.name(), pod);
      byRun.computeIfAbsent(pod.run(), run -> new HashMap<>()).put(pod.name(), pod);
    }
  }

  private void drop(String name, String uid) {
    SeenPod known = pods.get(name);
    if (known != null && known.uid().equals(uid)) {
      pods.remove(name);
      byRun.computeIfPresent(
          known.run(),
          (run, its) -> {
            its.remove(name);
            return its.isEmpty() ? null : its;
          });
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T awaiting(BooleanSupplier condition, Supplier<T> read) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new Unavailable("the watch of the task pods is behind");
        }
        left = changed.awaitNanos(left);
      }
      return read.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("interrupted", e);
    } finally {
      lock.unlock();
    }
  }
}
