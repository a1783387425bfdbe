package dev.tiphys.cli.run.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One output of a process: carried to its log and to the sidecars that listen. A sidecar that does
 * not keep up holds up the process, as a full pipe does; nothing is dropped.
 */
final class Output {
  private static final Logger LOG = LoggerFactory.getLogger(Output.class);
  private static final int BUFFER = 8192;

  private final InputStream from;
  private final BoundedLog log;
  private final List<OutputStream> listeners = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  Output(InputStream from, BoundedLog log) {
    this.from = from;
    this.log = log;
  }

  /**
   * All that the process writes, for one more listener; to be asked for before {@link #carry}. A
   * pipe of the kernel: a virtual thread that waits for it leaves its carrier thread free.
   */
  InputStream listen() throws IOException {
    Pipe pipe = Pipe.open();
    listeners.add(Channels.newOutputStream(pipe.sink()));
    return Channels.newInputStream(pipe.source());
  }

  /** Begins to read. Needs a platform thread: reading a process's pipe holds its carrier. */
  void carry(Executor platformThreads) {
    platformThreads.execute(this::carryAll);
  }

  /** Whether the output ended in that time: every process that could write to it is gone. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  List<String> lastLines(int limit) {
    return log.lastLines(limit);
  }

  private void carryAll() {
    byte[] buffer = new byte[BUFFER];
    try (from;
        log) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        log.write(buffer, 0, n);
        tell(buffer, n);
      }
    } catch (IOException e) {
      LOG.debug("an output could not be carried to its end", e);
    } finally {
      listeners.forEach(Output::close);
      ended.countDown();
    }
  }

  private void tell(byte[] buffer, int length) {
    listeners.removeIf(
        listener -> {
          try {
            listener.write(buffer, 0, length);
            return false;
          } catch (IOException e) {
            // it has closed its end, and wants no more
            close(listener);
            return true;
          }
        });
  }

  private static void close(OutputStream listener) {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.debug("a listener's pipe could not be closed", e);
    }
  }
}
