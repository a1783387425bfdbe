package dev.tiphys.functions.shell;

import dev.tiphys.functions.Reactions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private FunctionsApplication(int port, Supplier<Cluster> connect, InstantSource clock)
      throws IOException {
    // the client takes as long to load as Spring does, and neither needs the other
    CompletableFuture<Cluster> connected = CompletableFuture.supplyAsync(connect);
    CompletableFuture<Functions> functions = new CompletableFuture<>();
    front = HttpFront.open(port, functions, () -> connected.join().answers().getAsBoolean());
    log.info("listening on port {}", front.port());
    try {
      CompletableFuture<Reactions> reactions = connected.thenApply(it -> it.reactions(clock));
      context =
          FunctionContext.open(
              reaction -> event -> reactions.join().subscriber(reaction).deliver(event));
      cluster = connected.join();
      functions.complete(context);
    } catch (RuntimeException e) {
      functions.completeExceptionally(e);
      front.close();
      throw e;
    }
  }

  /** Starts the program; its settings are in {@link Settings}. */
  public static void main(String[] arguments) {
    configureLogging();
    Logger log = LoggerFactory.getLogger(FunctionsApplication.class);
    List<String> problems = new ArrayList<>();
    switch (Settings.from(System.getenv())) {
      case Settings.Unusable unusable -> problems.addAll(unusable.problems());
      case Settings.Usable(Settings settings) -> {
        InstantSource clock = InstantSource.system();
        Supplier<Cluster> cluster = connection(settings.cluster(), clock, problems);
        if (problems.isEmpty()) {
          start(settings.port(), cluster, clock, log);
        }
      }
    }
    if (!problems.isEmpty()) {
      problems.forEach(log::error);
      System.exit(WRONG_SETTINGS);
    }
  }

  private static Supplier<Cluster> connection(
      ClusterSettings settings, InstantSource clock, List<String> problems) {
    return switch (settings) {
      case ClusterSettings.Memory(Path folder) -> {
        PlanFolder plans = PlanFolder.read(folder, problems);
        yield () -> Cluster.inMemory(plans, clock);
      }
      case ClusterSettings.Kubernetes kubernetes -> () -> Cluster.on(kubernetes, clock);
    };
  }

  private static void start(int port, Supplier<Cluster> cluster, InstantSource clock, Logger log) {
    try {
      FunctionsApplication application = new FunctionsApplication(port, cluster, clock);
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
      log.info("ready");
    } catch (IOException | RuntimeException e) {
      log.error("cannot start", e);
      System.exit(CANNOT_START);
    }
  }

  /** Before the first logger is made: that is when they are read. */
  private static void configureLogging() {
    setDefault("org.slf4j.simpleLogger.showDateTime", "true");
    setDefault("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    setDefault("org.slf4j.simpleLogger.showThreadName", "false");
    setDefault("org.slf4j.simpleLogger.log.org.springframework", "warn");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public void close() {
    front.close();
    context.close();
    cluster.close();
    log.info("stopped");
  }
}
