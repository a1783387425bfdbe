package dev.tiphys.sidecars.stdout;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A bounded pipe from one thread to another, without copying chunks. */
final class ChunkPipe extends InputStream {
  /** Chunks that wait at most. */
  static final int CAPACITY = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int position;
  private boolean ended;
  private boolean closed;

  /** Waits for room; throws the chunk away if nobody reads any more. The chunk is not to change. */
  void put(byte[] chunk) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (chunks.size() >= CAPACITY && !closed) {
        changed.await();
      }
      if (!closed && !ended && chunk.length > 0) {
        chunks.add(chunk);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that no more comes. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws InterruptedIOException {
    if (wanted == 0) {
      return 0;
    }
    lock.lock();
    try {
      byte[] chunk = first();
      if (chunk == null) {
        return -1;
      }
      int n = Math.min(wanted, chunk.length - position);
      System.arraycopy(chunk, position, target, offset, n);
      position += n;
      if (position == chunk.length) {
        chunks.remove();
        position = 0;
        changed.signalAll();
      }
      return n;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      chunks.clear();
      position = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] first() throws InterruptedIOException {
    try {
      while (chunks.isEmpty() && !ended && !closed) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    return chunks.peek();
  }
}
