package dev.tiphys.functions.shell;

import dev.tiphys.functions.Reactions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private final HttpFront front;
  private final FunctionContext context;

  private FunctionsApplication(Settings settings, PlanFolder plans) throws IOException {
    InstantSource clock = InstantSource.system();
    Cluster cluster = Cluster.of(settings.cluster(), clock);
    CompletableFuture<Functions> functions = new CompletableFuture<>();
    front = HttpFront.open(settings.port(), functions, cluster.answers());
    log.info("listening on port {}", front.port());
    try {
      Reactions reactions =
          new Reactions(plans, cluster.runs(), cluster.instances(), cluster.keys(), clock);
      context = FunctionContext.open(reactions::subscriber);
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
        PlanFolder plans = PlanFolder.read(settings.plans(), problems);
        if (problems.isEmpty()) {
          start(settings, plans, log);
        }
      }
    }
    if (!problems.isEmpty()) {
      problems.forEach(log::error);
      System.exit(WRONG_SETTINGS);
    }
  }

  private static void start(Settings settings, PlanFolder plans, Logger log) {
    try {
      FunctionsApplication application = new FunctionsApplication(settings, plans);
      Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
      log.info("ready, with {} plans from {}", plans.size(), settings.plans());
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
    log.info("stopped");
  }
}
