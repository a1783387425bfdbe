package dev.tiphys.cli.run.process;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.Sidecar;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sidecars of one instance. */
final class RunningSidecars implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningSidecars.class);

  private final ProcessProbe probe;
  private final List<Sidecar> publishing;
  private final List<Sidecar> taking;

  /**
   * @param publishing what the task does
   * @param taking events of those
   */
  RunningSidecars(ProcessProbe probe, List<Sidecar> publishing, List<Sidecar> taking) {
    this.probe = probe;
    this.publishing = List.copyOf(publishing);
    this.taking = List.copyOf(taking);
    CompletableFuture<Void> _ = probe.stopping().thenRun(() -> all().forEach(Sidecar::stopped));
  }

  private Stream<Sidecar> all() {
    return Stream.of(publishing, taking).flatMap(List::stream);
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
    // one that was cut off does not end its stream, and who takes that would wait for ever
    return endWell(publishing) && endWell(taking);
  }

  private static boolean endWell(List<Sidecar> sidecars) throws InterruptedException {
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
    all().forEach(Sidecar::close);
  }
}
