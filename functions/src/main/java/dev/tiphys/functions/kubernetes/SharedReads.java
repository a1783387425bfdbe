package dev.tiphys.functions.kubernetes;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Reads that many ask for at once. Everybody gets what was read after asking: who comes while a
 * read is under way shares the next one with all who wait for it.
 *
 * @param <K> what is read, of which there are few
 */
final class SharedReads<K, V> {
  /** Those that wait for one under way. */
  private final Map<K, CompletableFuture<V>> next = new ConcurrentHashMap<>();

  private final Map<K, Lock> underWay = new ConcurrentHashMap<>();

  /** What is read; whatever reading throws, all who share it get. */
  V read(K key, Function<K, V> reading) {
    CompletableFuture<V> own = new CompletableFuture<>();
    CompletableFuture<V> others = next.putIfAbsent(key, own);
    if (others != null) {
      return joined(others);
    }
    Lock lock = underWay.computeIfAbsent(key, k -> new ReentrantLock());
    lock.lock();
    try {
      // who asks from now on must not get what is read now
      next.remove(key);
      own.complete(reading.apply(key));
    } catch (RuntimeException | Error e) {
      own.completeExceptionally(e);
    } finally {
      lock.unlock();
    }
    return joined(own);
  }

  private static <V> V joined(CompletableFuture<V> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
