package dev.tiphys.functions.shell;

import static java.util.Objects.requireNonNull;

import dev.tiphys.functions.Counters;
import dev.tiphys.functions.Reactions;
import dev.tiphys.functions.deadletter.DeadLetters;
import dev.tiphys.functions.port.Unavailable;
import dev.tiphys.triggers.delivery.VirtualThreadScheduler;
import dev.tiphys.triggers.log.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions as a program. It listens before Spring has started, so that the first event waits
 * for the functions and not for a retry, and ends with what is under way when it gets SIGTERM.
 */
public final class FunctionsApplication implements AutoCloseable {
  private static final int CANNOT_START = 1;
  private static final int WRONG_SETTINGS = 2;

  private final Logger log = LoggerFactory.getLogger(FunctionsApplication.class);
  private final Cluster cluster;
  private final HttpFront front;
  private final FunctionContext context;
  private final RefusedCounting counting;
  private final VirtualThreadScheduler scheduler = new VirtualThreadScheduler();
  private final DeadLetters deadLetters;

  private FunctionsApplication(
      int port, Supplier<Cluster> connect, boolean guarded, InstantSource clock, Metrics metrics)
      throws IOException {
    // the client takes as long to load as Spring does, and neither needs the other
    CompletableFuture<Cluster> connected = CompletableFuture.supplyAsync(connect);
    CompletableFuture<Functions> functions = new CompletableFuture<>();
    Gate gate =
        guarded
            ? Gate.guardedBy(() -> requireNonNull(connected.join().tokens()), metrics)
            : Gate.open(metrics);
    CompletableFuture<DeadLetters> letters =
        connected.thenApply(it -> it.deadLetters(clock, scheduler));
    front =
        HttpFront.open(
            port,
            functions,
            letters.<DeadLetterSink>thenApply(it -> it::keep),
            () -> connected.join().answers().getAsBoolean(),
            gate,
            metrics);
    log.info("listening on port {}", front.port());
    if (guarded) {
      // the first event comes when all is ready, and is not to wait for this as well
      Thread.startVirtualThread(() -> prepare(connected));
    }
    try {
      CompletableFuture<Reactions> reactions =
          connected.thenApply(it -> reactions(it, clock, metrics));
      context =
          FunctionContext.open(
              reaction -> event -> reactions.join().subscriber(reaction).deliver(event));
      cluster = connected.join();
      counting = new RefusedCounting(reactions.join(), scheduler);
      counting.begin();
      deadLetters = letters.join();
      functions.complete(context);
      metrics.ready();
    } catch (RuntimeException e) {
      functions.completeExceptionally(e);
      front.close();
      throw e;
    }
  }

  private void prepare(CompletableFuture<Cluster> connected) {
    try {
      requireNonNull(connected.join().tokens()).prepare();
    } catch (Unavailable | CompletionException e) {
      log.warn("tokens cannot be checked yet", e);
    }
  }

  private static Reactions reactions(Cluster cluster, InstantSource clock, Metrics metrics) {
    Reactions reactions = cluster.reactions(clock, metrics);
    metrics.unsigned(() -> reactions.counters().of(Counters.Outcome.UNSIGNED));
    metrics.refused(reactions.counters()::of);
    return reactions;
  }

  /** Starts the program; its settings are in {@link Settings}. */
  public static void main(String[] arguments) {
    List<String> problems = new ArrayList<>();
    Logs.configure(System.getenv(), problems);
    Logger log = LoggerFactory.getLogger(FunctionsApplication.class);
    Metrics metrics = new Metrics();
    switch (Settings.from(System.getenv())) {
      case Settings.Unusable unusable -> problems.addAll(unusable.problems());
      case Settings.Usable(Settings settings) -> {
        InstantSource clock = InstantSource.system();
        Supplier<Cluster> cluster = connection(settings.cluster(), clock, metrics, problems);
        if (problems.isEmpty()) {
          start(settings, cluster, clock, metrics, log);
        }
      }
    }
    if (!problems.isEmpty()) {
      problems.forEach(log::error);
      System.exit(WRONG_SETTINGS);
    }
  }

  private static Supplier<Cluster> connection(
      ClusterSettings settings, InstantSource clock, Metrics metrics, List<String> problems) {
    return switch (settings) {
      case ClusterSettings.Memory(Path folder) -> {
        PlanFolder plans = PlanFolder.read(folder, problems);
        yield () -> Cluster.inMemory(plans, clock);
      }
      case ClusterSettings.Kubernetes kubernetes -> () -> Cluster.on(kubernetes, clock, metrics);
    };
  }

  private static void start(
      Settings settings,
      Supplier<Cluster> cluster,
      InstantSource clock,
      Metrics metrics,
      Logger log) {
    try {
      FunctionsApplication application =
          new FunctionsApplication(settings.port(), cluster, settings.guarded(), clock, metrics);
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
      log.info("ready");
    } catch (IOException | RuntimeException e) {
      log.error("cannot start", e);
      System.exit(CANNOT_START);
    }
  }

  @Override
  public void close() {
    front.close();
    counting.close();
    context.close();
    deadLetters.close();
    scheduler.close();
    cluster.close();
    log.info("stopped");
  }
}
