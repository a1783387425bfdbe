package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.Sidecar;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sidecars of one instance. */
final class RunningSidecars implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningSidecars.class);

  private final ProcessProbe probe;
  private final List<Sidecar> sidecars;

  RunningSidecars(ProcessProbe probe, List<Sidecar> sidecars) {
    this.probe = probe;
    this.sidecars = sidecars;
    CompletableFuture<Void> _ = probe.stopping().thenRun(() -> sidecars.forEach(Sidecar::stopped));
  }

  void taskEnded(ExitStatus exit, Instance instance) {
    probe.end(exit, instance);
  }

  /**
   * Waits until all of them have ended.
   *
   * @return whether each has published its last event
   */
  boolean endsWell() throws InterruptedException {
    CompletableFuture<?>[] ends =
        sidecars.stream().map(Sidecar::done).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get();
      return true;
    } catch (ExecutionException e) {
      LOG.warn("a stream was cut off: {}", String.valueOf(e.getCause()));
      return false;
    }
  }

  @Override
  public void close() {
    sidecars.forEach(Sidecar::close);
  }
}
