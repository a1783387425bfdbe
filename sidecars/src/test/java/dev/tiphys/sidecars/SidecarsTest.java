package dev.tiphys.sidecars;

import static dev.tiphys.sidecars.publish.Fixtures.NOW;
import static dev.tiphys.sidecars.publish.Fixtures.await;
import static dev.tiphys.sidecars.publish.Fixtures.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.contract.Origin;
import dev.tiphys.sidecars.lifecycle.TaskState.Ended;
import dev.tiphys.sidecars.lifecycle.TaskState.Started;
import dev.tiphys.sidecars.publish.Conditions;
import dev.tiphys.sidecars.publish.FakeSink;
import dev.tiphys.sidecars.publish.Fixtures;
import dev.tiphys.triggers.event.Attributes;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.LifecycleWatcher;
import dev.tiphys.triggers.plan.EventSidecar.Moment;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.StdoutWatcher;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SidecarsTest {
  private static final URI BROKER = URI.create("http://broker.test/");
  private static final EventSidecar.Common COMMON =
      new EventSidecar.Common("watcher", "argo/watcher:1.0", "coin", new TreeMap<>(), null);
  private final FakeSink sink = FakeSink.healthy();

  @Test
  void theLinesOfAProcessBecomeEventsAndItsEndTheirMarker() throws Exception {
    // Given
    Process process = shell("echo heads; echo tails; echo oops >&2");
    // When
    Sidecar sidecar = start(new StdoutWatcher(COMMON, Stream.STDOUT, OnStop.DISCARD), process);
    await(sidecar.done());
    // Then
    assertThat(sink.events()).hasSize(2);
    assertThat(sink.marker().getId()).isEqualTo("uid-1/watcher/stdout/end");
  }

  @Test
  void aFloodThatIsStoppedEndsWithAMarkerThatTellsWhatWasThrownAway() throws Exception {
    // Given
    Process process = shell("while :; do echo heads; done");
    Sidecar sidecar = start(new StdoutWatcher(COMMON, Stream.STDOUT, OnStop.DISCARD), process);
    Conditions.await(() -> sink.posts() > 100);
    // When
    sidecar.stopped();
    process.toHandle().destroyForcibly();
    await(sidecar.done());
    // Then
    long published = sink.events().size();
    assertThat(Long.parseLong(String.valueOf(sink.marker().getExtension(Attributes.SEQUENCE))))
        .isEqualTo(published);
    assertThat(sink.marker().getExtension(Attributes.DISCARDED)).isNotNull();
  }

  @Test
  void aStopDoesNotSilenceTheLifecycleWatcherThatTellsIt() throws Exception {
    // Given
    Process process = shell("cat");
    Sidecar sidecar = start(new LifecycleWatcher(COMMON, Set.of(Moment.STOPPED)), process);
    // When
    sidecar.stopped();
    process.toHandle().destroyForcibly();
    await(sidecar.done());
    // Then
    assertThat(sink.events()).hasSize(1);
    assertThat(sink.marker().getExtension(Attributes.DISCARDED)).isEqualTo("0");
  }

  private Sidecar start(EventSidecar sidecar, Process process) {
    Origin origin = new Origin("coinflip", "run-1", "flip-coin", "flip-coin-1", "uid-1", "watcher");
    Contract contract = Contract.of(sidecar, BROKER, origin, Fixtures.key());
    return Sidecars.start(sidecar, contract, new ProcessProbe(process), sink, surroundings());
  }

  private static Process shell(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).start();
  }

  private record ProcessProbe(Process process) implements TaskProbe {
    @Override
    public InputStream stdout() {
      return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
      return process.getErrorStream();
    }

    @Override
    public Path volume(String name) {
      throw new AssertionError("nobody asks");
    }

    @Override
    public CompletableFuture<Started> started() {
      return CompletableFuture.completedFuture(new Started(NOW));
    }

    @Override
    public CompletableFuture<Ended> ended() {
      return process
          .onExit()
          .thenApply(exited -> new Ended(exited.exitValue(), true, "Killed", "", NOW, NOW));
    }
  }
}
