package dev.tiphys.sidecars.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The run watcher's settings, from the environment; an empty variable counts as absent.
 *
 * @param namespace {@code TIPHYS_NAMESPACE}: what it watches; by default the service account's
 * @param idle {@code TIPHYS_IDLE}: how long nothing has to be left to watch before it scales itself
 *     to zero; an ISO-8601 duration, by default PT10S
 * @param metricsPort {@code TIPHYS_METRICS_PORT}: where Prometheus finds {@code /metrics}; null, as
 *     by default: nowhere
 */
record WatcherSettings(String namespace, Duration idle, @Nullable Integer metricsPort) {
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
  private static final int MAX_PORT = 65_535;
  private static final Path ACCOUNT_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  /** What reading them came to. */
  sealed interface Reading {}

  record Usable(WatcherSettings settings) implements Reading {}

  /** All problems at once, each a sentence that begins with its variable. */
  record Unusable(List<String> problems) implements Reading {
    Unusable {
      problems = List.copyOf(problems);
    }
  }

  static Reading from(Map<String, String> environment) {
    return from(environment, ACCOUNT_NAMESPACE);
  }

  static Reading from(Map<String, String> environment, Path accountNamespace) {
    List<String> problems = new ArrayList<>();
    WatcherSettings settings =
        new WatcherSettings(
            namespace(environment, accountNamespace, problems),
            idle(environment, problems),
            metricsPort(environment, problems));
    return problems.isEmpty() ? new Usable(settings) : new Unusable(problems);
  }

  private static String namespace(
      Map<String, String> environment, Path account, List<String> problems) {
    String value = value(environment, "TIPHYS_NAMESPACE", "");
    if (!value.isEmpty()) {
      return value;
    }
    try {
      return Files.readString(account).strip();
    } catch (IOException e) {
      problems.add("TIPHYS_NAMESPACE: is not set, and there is no service account to tell it");
      return "";
    }
  }

  private static Duration idle(Map<String, String> environment, List<String> problems) {
    String value = value(environment, "TIPHYS_IDLE", "PT10S");
    try {
      Duration idle = Duration.parse(value);
      if (!idle.isNegative()) {
        return idle;
      }
    } catch (DateTimeParseException e) {
      // told below, with the negative ones
    }
    problems.add("TIPHYS_IDLE: is not a duration like PT10S: " + value);
    return Duration.ZERO;
  }

  private static @Nullable Integer metricsPort(
      Map<String, String> environment, List<String> problems) {
    String value = value(environment, "TIPHYS_METRICS_PORT", "");
    if (value.isEmpty()) {
      return null;
    }
    if (PORT.matcher(value).matches() && Integer.parseInt(value) <= MAX_PORT) {
      return Integer.valueOf(value);
    }
    problems.add("TIPHYS_METRICS_PORT: is no port: " + value);
    return null;
  }

  private static String value(Map<String, String> environment, String name, String absent) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? absent : value;
  }
}
