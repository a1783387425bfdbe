package dev.tiphys.functions.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** A bounded memory: what has not been asked for the longest goes first. */
final class RecentlyUsed<K, V> {
  /** Runs that are active at once in one namespace, and then some. */
  static final int CAPACITY = 10_000;

  private static final float LOAD_FACTOR = 0.75f;

  private final Map<K, V> entries;

  RecentlyUsed(int capacity) {
    entries =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  /** Puts the value in, or what is to be kept of the one that is there and of it. */
  synchronized V merge(K key, V value, BinaryOperator<V> kept) {
    return entries.merge(key, value, kept);
  }
}
