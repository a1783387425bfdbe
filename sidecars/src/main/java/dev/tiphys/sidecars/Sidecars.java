package dev.tiphys.sidecars;

import dev.tiphys.sidecars.contract.Contract;
import dev.tiphys.sidecars.file.FileWatcher;
import dev.tiphys.sidecars.lifecycle.LifecycleWatcher;
import dev.tiphys.sidecars.proxy.NetworkProxy;
import dev.tiphys.sidecars.publish.HttpTransport;
import dev.tiphys.sidecars.publish.Publisher;
import dev.tiphys.sidecars.publish.Surroundings;
import dev.tiphys.sidecars.publish.Transport;
import dev.tiphys.sidecars.stdout.StdoutWatcher;
import dev.tiphys.triggers.plan.EventSidecar;
import dev.tiphys.triggers.plan.EventSidecar.OnStop;
import dev.tiphys.triggers.plan.EventSidecar.Stream;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts standard sidecars; everything that blocks in them runs on virtual threads. */
public final class Sidecars {
  private static final String STDOUT = "stdout";
  private static final String STDERR = "stderr";
  private static final String LIFECYCLE = "lifecycle";

  private Sidecars() {}

  /** Starts the sidecar, which publishes by HTTP to the contract's sink. */
  public static Sidecar start(EventSidecar sidecar, Contract contract, TaskProbe task) {
    return start(sidecar, contract, task, HttpTransport.to(contract.sink()), Surroundings.real());
  }

  /** Starts the sidecar with another way to the sink and another time. */
  public static Sidecar start(
      EventSidecar sidecar,
      Contract contract,
      TaskProbe task,
      Transport transport,
      Surroundings surroundings) {
    return switch (sidecar) {
      case EventSidecar.StdoutWatcher watcher -> {
        String stream = watcher.stream().name().toLowerCase(Locale.ROOT);
        Publisher publisher = Publisher.start(contract, stream, transport, surroundings);
        new StdoutWatcher(publisher, watcher.lines()).start(outputs(watcher.stream(), task));
        yield new Running(publisher, watcher.onStop());
      }
      case EventSidecar.FileWatcher watcher -> {
        Publisher publisher =
            Publisher.start(contract, FileWatcher.STREAM, transport, surroundings);
        FileWatcher files =
            FileWatcher.start(watcher.files(), task.volume(watcher.files().volume()), publisher);
        CompletableFuture<?> _ = task.ended().whenComplete((end, failure) -> files.end());
        yield new Running(publisher, watcher.onStop());
      }
      case EventSidecar.LifecycleWatcher watcher -> {
        Publisher publisher = Publisher.start(contract, LIFECYCLE, transport, surroundings);
        new LifecycleWatcher(publisher, watcher.on()).start(task.started(), task.ended());
        // that the task was stopped is itself what it tells
        yield new Running(publisher, OnStop.DRAIN);
      }
      case EventSidecar.NetworkProxy proxy ->
          ProxySidecar.start(
              proxy, new NetworkProxy.Publishing(contract, transport, surroundings), task);
      case EventSidecar.Custom custom ->
          throw new IllegalArgumentException(custom.name() + " is a process of its own");
    };
  }

  private static Map<String, InputStream> outputs(Stream stream, TaskProbe task) {
    return switch (stream) {
      case STDOUT -> Map.of(STDOUT, task.stdout());
      case STDERR -> Map.of(STDERR, task.stderr());
      case BOTH -> Map.of(STDOUT, task.stdout(), STDERR, task.stderr());
    };
  }

  private record Running(Publisher publisher, OnStop onStop) implements Sidecar {
    @Override
    public void stopped() {
      if (onStop == OnStop.DISCARD) {
        publisher.discard();
      }
    }

    @Override
    public CompletableFuture<Void> done() {
      return publisher.done().thenAccept(ending -> {});
    }

    @Override
    public void close() {
      publisher.close();
    }
  }
}
