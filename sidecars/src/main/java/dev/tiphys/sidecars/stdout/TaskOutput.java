package dev.tiphys.sidecars.stdout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One output of a process, shared by any number of readers and a log: each gets all of it. Without
 * readers it still empties the pipe, so that the process never waits for it. The slowest reader
 * sets the pace, a closed one does not count.
 *
 * <p>It reads on a platform thread: a read from a pipe would keep a carrier thread of virtual
 * threads busy.
 */
public final class TaskOutput {
  private static final Logger LOG = LoggerFactory.getLogger(TaskOutput.class);
  static final int CHUNK_BYTES = 8 << 10;

  /**
   * A pipe's end comes only when all who inherited it have closed it, which an orphan of the task
   * may never do. So long after the task's end nothing has to come for the output to be over.
   */
  static final Duration SILENCE = Duration.ofSeconds(2);

  private final InputStream pipe;
  private final OutputStream log;
  private final Duration silence;
  private final List<ChunkPipe> readers = new ArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final AtomicLong reads = new AtomicLong();
  private volatile boolean waiting;
  private boolean logging = true;

  /**
   * @param log gets the bytes as they are; what bounds it is up to the caller, and that it fails
   *     does not touch the readers
   */
  public TaskOutput(InputStream pipe, OutputStream log) {
    this(pipe, log, SILENCE);
  }

  TaskOutput(InputStream pipe, OutputStream log, Duration silence) {
    this.pipe = pipe;
    this.log = log;
    this.silence = silence;
  }

  /** A stream of all of the output; to be asked for before {@link #start}. */
  public InputStream reader() {
    ChunkPipe reader = new ChunkPipe();
    readers.add(reader);
    return reader;
  }

  /**
   * Begins to read.
   *
   * @param ended completes when the task has ended, in whatever way
   */
  public void start(CompletionStage<?> ended) {
    Thread.ofPlatform().daemon().name("task-output").start(this::pump);
    ended.whenComplete((end, failure) -> Thread.startVirtualThread(this::watchForSilence));
  }

  /** Completes when the output is over and the log has all of it. */
  public CompletableFuture<Void> over() {
    return over.copy();
  }

  private void pump() {
    try {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int n = read(buffer); n >= 0 && !over.isDone(); n = read(buffer)) {
        byte[] chunk = Arrays.copyOf(buffer, n);
        write(chunk);
        for (ChunkPipe reader : readers) {
          reader.put(chunk);
        }
      }
    } catch (IOException e) {
      LOG.debug("the pipe was closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish();
    }
  }

  private int read(byte[] buffer) throws IOException {
    waiting = true;
    try {
      return pipe.read(buffer);
    } finally {
      waiting = false;
      reads.incrementAndGet();
    }
  }

  private void write(byte[] chunk) {
    if (!logging) {
      return;
    }
    try {
      log.write(chunk);
    } catch (IOException e) {
      logging = false;
      LOG.warn("the output is not logged any further: {}", e.toString());
    }
  }

  private void watchForSilence() {
    try {
      long before;
      do {
        before = reads.get();
        awaitEnd();
      } while (!over.isDone() && (reads.get() != before || !waiting));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    finish();
  }

  /** Returns when the output is over, or after the time of silence. */
  private void awaitEnd() throws InterruptedException {
    try {
      over.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.trace("the task has ended, its output has not", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("it never fails", e);
    }
  }

  private void finish() {
    readers.forEach(ChunkPipe::end);
    over.complete(null);
  }
}
