package dev.tiphys.triggers.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The log of a program on standard error, a line for each record: JSON on a cluster, text elsewhere
 * ({@code TIPHYS_LOG} says otherwise).
 *
 * <p>On java.util.logging: the JDK's own records come out in the same way, and no other backend of
 * slf4j starts as fast.
 */
public final class Logs {
  private static final String FORMAT = "TIPHYS_LOG";
  private static final String ON_A_CLUSTER = "KUBERNETES_SERVICE_HOST";

  private static final List<String> QUIET =
      List.of("org.springframework", "org.eclipse.jetty", "io.fabric8");

  /** Warns in every process that {@code v1alpha1} is no stable version: it is our own. */
  private static final String OF_VERSIONS =
      "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils";

  /** Held: the log manager would forget the levels of loggers that nobody holds. */
  private static final List<Logger> HELD = new CopyOnWriteArrayList<>();

  private Logs() {}

  /** How a record is written. */
  private enum Format {
    JSON,
    TEXT
  }

  /**
   * To be called before anything is logged.
   *
   * @param environment the program's
   * @param problems takes what is wrong with it, a sentence; the log works all the same
   */
  public static void configure(Map<String, String> environment, List<String> problems) {
    Formatter formatter =
        switch (format(environment, problems)) {
          case JSON -> new JsonLine();
          case TEXT -> new TextLine();
        };
    // read when java.util.logging is used for the first time
    System.setProperty("java.util.logging.manager", LastingLogs.class.getName());
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setFormatter(formatter);
    root.addHandler(handler);
    QUIET.forEach(name -> level(name, Level.WARNING));
    level(OF_VERSIONS, Level.SEVERE);
  }

  private static void level(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(level);
    HELD.add(logger);
  }

  private static Format format(Map<String, String> environment, List<String> problems) {
    String wanted = environment.getOrDefault(FORMAT, "").strip();
    for (Format format : Format.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(wanted)) {
        return format;
      }
    }
    if (!wanted.isEmpty()) {
      problems.add(FORMAT + " is " + wanted + ": it is json or text");
    }
    return environment.containsKey(ON_A_CLUSTER) ? Format.JSON : Format.TEXT;
  }

  /** The level in slf4j's words, which are everybody's. */
  static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }
}
