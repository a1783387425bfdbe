package dev.tiphys.sidecars;

import java.util.concurrent.CompletableFuture;

/** One running event sidecar of one instance. */
public interface Sidecar extends AutoCloseable {
  /**
   * Says that the task is being stopped: what is not published is thrown away, or published all the
   * same, as the sidecar is configured. The stream goes on to the task's end, which has to follow.
   */
  void stopped();

  /**
   * Completes when its stream has ended and the marker is acknowledged; exceptionally when that was
   * given up by {@link #close}.
   */
  CompletableFuture<Void> done();

  /**
   * Ends the stream at once, throws away what is not published, and waits for the marker's
   * acknowledgement, but no longer than the contract allows.
   */
  @Override
  void close();
}
