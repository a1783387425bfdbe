package dev.tiphys.cli.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.Sidecar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunningSidecarsTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void doesNotWaitForWhoTakesTheEventsOfOneThatWasCutOff() throws Exception {
    // Given: a stream without an end, and who waits for it
    Sidecar cutOff = new Ending(CompletableFuture.failedFuture(new IOException("killed")));
    Sidecar taking = new Ending(new CompletableFuture<>());
    // When
    boolean well = beside(cutOff, taking).endsWell();
    // Then
    assertThat(well).isFalse();
  }

  @Test
  @Timeout(60)
  void endsWellWhenAllOfThemHave() throws Exception {
    // Given
    Sidecar publishing = new Ending(CompletableFuture.completedFuture(null));
    Sidecar taking = new Ending(CompletableFuture.completedFuture(null));
    // When
    boolean well = beside(publishing, taking).endsWell();
    // Then
    assertThat(well).isTrue();
  }

  private RunningSidecars beside(Sidecar publishing, Sidecar taking) throws IOException {
    RunningTask task =
        new RunningTask(new ProcessBuilder("true").start(), folder, Collections.emptySortedMap());
    ProcessProbe probe = new ProcessProbe(task, new ProxySockets(), InstantSource.system());
    return new RunningSidecars(probe, List.of(publishing), List.of(taking));
  }

  private record Ending(CompletableFuture<Void> done) implements Sidecar {
    @Override
    public void stopped() {
      throw new AssertionError("nobody stops it");
    }

    @Override
    public void close() {
      throw new AssertionError("nobody closes it");
    }
  }
}
