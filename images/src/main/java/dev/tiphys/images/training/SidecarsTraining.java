package dev.tiphys.images.training;

import dev.tiphys.functions.port.Instance;
import dev.tiphys.sidecars.contract.Environment;
import dev.tiphys.triggers.http.HttpAnswer;
import dev.tiphys.triggers.http.HttpListener;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stdoutwatcher publishes a task's lines while the run watcher tells of its pods; both in one
 * JVM, since there is one cache.
 */
public final class SidecarsTraining implements Training {
  private static final String RUN = "training-run";
  private static final String KEY = "1." + "A".repeat(43);
  private static final int TASKS = 20;

  /** That the run is there; of each task a line of output, and at least that it has ended. */
  private static final int EVENTS = 1 + 2 * TASKS;

  private static final Duration EVENTS_LIMIT = Duration.ofMinutes(3);

  @Override
  public void run(List<String> command, Path log) throws Exception {
    AtomicInteger published = new AtomicInteger();
    HttpListener sink =
        HttpListener.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              published.incrementAndGet();
              return HttpAnswer.empty(202);
            });
    URI address = URI.create("http://127.0.0.1:" + sink.address().getPort());
    Path folder = Files.createTempDirectory("sidecars");
    try (ApiServer cluster = ApiServer.start()) {
      cluster.begin(RUN, address);
      Map<String, String> environment = new HashMap<>(cluster.environment());
      environment.putAll(stdoutwatcher(folder, address));
      List<String> both = new ArrayList<>(command);
      both.addAll(List.of("stdoutwatcher", "watcher"));
      try (TrainedProcess process = new TrainedProcess(both, environment, log)) {
        await(1, published, process, log);
        for (int n = 0; n < TASKS; n++) {
          cluster.pod(identity(n), running(), "Running");
          write(folder, n);
          cluster.pod(identity(n), ended(), "Succeeded");
        }
        await(EVENTS, published, process, log);
        process.end();
      }
    } finally {
      sink.close(Duration.ZERO);
    }
  }

  private static Map<String, String> stdoutwatcher(Path folder, URI sink) throws IOException {
    Files.createDirectories(folder.resolve("logs/main"));
    Path state = Files.createDirectory(folder.resolve("state"));
    return Map.ofEntries(
        Map.entry(Environment.SINK, sink.toString()),
        Map.entry(Environment.WORKFLOW, "training"),
        Map.entry(Environment.RUN, RUN),
        Map.entry(Environment.TASK, "task"),
        Map.entry(Environment.INSTANCE, "training-run-task"),
        Map.entry(Environment.INSTANCE_UID, "training-uid"),
        Map.entry(Environment.CONTAINER, "watch"),
        Map.entry(Environment.EVENT_TYPE, "training.line"),
        Map.entry(Environment.CONTRACT, Environment.CONTRACT_VERSION),
        Map.entry(Environment.KEY, KEY),
        Map.entry("TIPHYS_LOG_FOLDER", folder.resolve("logs").toString()),
        Map.entry("TIPHYS_STATE", state.toString()),
        Map.entry("TIPHYS_STOP_PORTS", Integer.toString(Ports.free())));
  }

  /** A line as the container runtime writes it. */
  private static void write(Path folder, int n) throws IOException {
    Files.writeString(
        folder.resolve("logs/main/0.log"),
        "2026-01-01T00:00:00.%09dZ stdout F line %d\n".formatted(n, n),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static Instance.Identity identity(int n) {
    String name = RUN + "-task-" + n;
    return new Instance.Identity(name, "training", RUN, "main[0].task", "task", null, 0);
  }

  private static ContainerState running() {
    return new ContainerStateBuilder()
        .withNewRunning()
        .withStartedAt("2026-01-01T00:00:01Z")
        .endRunning()
        .build();
  }

  private static ContainerState ended() {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(0)
        .withStartedAt("2026-01-01T00:00:01Z")
        .withFinishedAt("2026-01-01T00:00:02Z")
        .endTerminated()
        .build();
  }

  private static void await(int events, AtomicInteger published, TrainedProcess process, Path log)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(EVENTS_LIMIT);
    while (published.get() < events) {
      if (Instant.now().isAfter(deadline) || !process.alive()) {
        throw new IllegalStateException(
            "it has published " + published + " events instead of " + events + "; see " + log);
      }
      Thread.sleep(50);
    }
  }
}
