package dev.tiphys.triggers.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One Trigger's lanes. A lane lives while it holds events. Only so many are live at the same time;
 * the others are parked, their publishers wait, and they come to life in the order of their first
 * event. The lock is held for book-keeping alone, never while something is delivered or told.
 */
public final class Lanes {
  /** Delivers a lane's first event, and calls {@link Lanes#delivered} when that has ended. */
  interface Delivery {
    void begin(Lane lane, Entry first);
  }

  private final Limits limits;
  private final Delivery delivery;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Queue<Lane> parked = new ArrayDeque<>();
  private int live;
  private boolean closed;

  Lanes(Limits limits, Delivery delivery) {
    this.limits = limits;
    this.delivery = delivery;
  }

  /** Puts the event into its lane, or lets it wait for room there. */
  public void add(Entry entry) {
    locked(changes -> add(entry, changes));
  }

  /** The delivery of the lane's first event has ended, for good or ill: the next one begins. */
  void delivered(Lane lane) {
    locked(
        changes -> {
          lane.end();
          move(lane, changes);
          if (lane.empty()) {
            close(lane, changes);
          }
        });
  }

  /**
   * A publisher waits no longer: its event is taken out where it was not yet admitted; false if it
   * was.
   */
  public boolean withdraw(Entry entry) {
    lock.lock();
    try {
      Lane lane = lanes.get(entry.key());
      if (lane == null || !lane.withdraw(entry)) {
        return false;
      }
      if (lane.empty()) {
        parked.remove(lane);
        lanes.remove(lane.key());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Begins no further delivery and refuses all who wait; tells how many events are given up. */
  public int close() {
    Changes changes = new Changes();
    lock.lock();
    try {
      closed = true;
      lanes.values().forEach(lane -> changes.refused.addAll(lane.removeWaiting()));
      return lanes.values().stream().mapToInt(Lane::undelivered).sum();
    } finally {
      lock.unlock();
      changes.tell();
    }
  }

  private void add(Entry entry, Changes changes) {
    if (closed) {
      changes.refused.add(entry);
      return;
    }
    Lane lane = lanes.computeIfAbsent(entry.key(), this::open);
    lane.add(entry);
    move(lane, changes);
  }

  private Lane open(String key) {
    Lane lane = new Lane(key);
    if (live < limits.liveLanes()) {
      enliven(lane);
    } else {
      parked.add(lane);
    }
    return lane;
  }

  private void enliven(Lane lane) {
    live++;
    lane.enliven();
  }

  private void close(Lane lane, Changes changes) {
    lanes.remove(lane.key());
    live--;
    Lane next = parked.poll();
    if (next != null) {
      enliven(next);
      move(next, changes);
    }
  }

  private void move(Lane lane, Changes changes) {
    changes.admitted.addAll(lane.admit(limits.laneCapacity()));
    if (!closed && lane.begin()) {
      changes.begun.add(new Begun(lane, lane.first()));
    }
  }

  private void locked(Consumer<Changes> bookKeeping) {
    Changes changes = new Changes();
    lock.lock();
    try {
      bookKeeping.accept(changes);
    } finally {
      lock.unlock();
    }
    changes.tell();
  }

  private record Begun(Lane lane, Entry first) {}

  /** What a piece of book-keeping led to, to be told to others without the lock. */
  private final class Changes {
    private final List<Entry> admitted = new ArrayList<>(1);
    private final List<Entry> refused = new ArrayList<>(0);
    private final List<Begun> begun = new ArrayList<>(1);

    void tell() {
      begun.forEach(b -> delivery.begin(b.lane, b.first));
      admitted.forEach(entry -> entry.sender().admitted());
      refused.forEach(entry -> entry.sender().refused());
    }
  }
}
