package dev.tiphys.triggers.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The events of one key for one Trigger, in order: the first is being delivered, those behind the
 * capacity wait together with their publishers. Guarded by its {@link Lanes}.
 */
final class Lane {
  private final String key;
  private final Deque<Entry> admitted = new ArrayDeque<>();
  private final Deque<Entry> waiting = new ArrayDeque<>();

  /** Whether it may admit events at all: one of the Trigger's bounded number of lanes. */
  private boolean live;

  /** Whether its first event is being delivered. */
  private boolean busy;

  Lane(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  void enliven() {
    live = true;
  }

  void add(Entry entry) {
    waiting.add(entry);
  }

  /** Admits what there is room for, and says what that was. */
  List<Entry> admit(int capacity) {
    List<Entry> moved = new ArrayList<>(1);
    while (live && admitted.size() < capacity && !waiting.isEmpty()) {
      Entry entry = waiting.remove();
      admitted.add(entry);
      moved.add(entry);
    }
    return moved;
  }

  /** Whether a delivery is to begin now; if so it counts as begun. */
  boolean begin() {
    boolean idle = !busy && !admitted.isEmpty();
    busy |= idle;
    return idle;
  }

  Entry first() {
    return admitted.element();
  }

  /** The first event's delivery has ended. */
  void end() {
    admitted.remove();
    busy = false;
  }

  /** Takes out one that still waits; false if it does not. */
  boolean withdraw(Entry entry) {
    return waiting.remove(entry);
  }

  boolean empty() {
    return admitted.isEmpty() && waiting.isEmpty();
  }

  List<Entry> removeWaiting() {
    List<Entry> removed = List.copyOf(waiting);
    waiting.clear();
    return removed;
  }

  int undelivered() {
    return admitted.size();
  }
}
