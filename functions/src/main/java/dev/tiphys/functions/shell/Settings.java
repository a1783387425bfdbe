package dev.tiphys.functions.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The program's settings, all of them from the environment; an empty variable counts as absent.
 *
 * @param port {@code PORT}: where to listen; 0 chooses a free port
 * @param plans {@code TIPHYS_PLANS}: the folder with the plans, one JSON file each
 * @param cluster {@code TIPHYS_CLUSTER}: where runs and instances are kept
 */
record Settings(int port, Path plans, ClusterKind cluster) {
  private static final int MAX_PORT = 65_535;

  /** Where a plan's ConfigMap is mounted; it may be absent, when there is no plan yet. */
  private static final Path PLANS = Path.of("/etc/tiphys/plans");

  /** Where runs and instances are kept. */
  enum ClusterKind {
    /** In this process: for trying things out, and lost with it. */
    MEMORY
  }

  /** What reading them came to. */
  sealed interface Reading {}

  /** They can be used. */
  record Usable(Settings settings) implements Reading {}

  /** They cannot; all problems at once, each a sentence that begins with its variable. */
  record Unusable(List<String> problems) implements Reading {
    Unusable {
      problems = List.copyOf(problems);
    }
  }

  static Reading from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Settings settings =
        new Settings(
            port(value(environment, "PORT", "8080"), problems),
            plans(value(environment, "TIPHYS_PLANS", ""), problems),
            cluster(value(environment, "TIPHYS_CLUSTER", "memory"), problems));
    return problems.isEmpty() ? new Usable(settings) : new Unusable(problems);
  }

  private static String value(Map<String, String> environment, String name, String absent) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? absent : value.strip();
  }

  private static int port(String value, List<String> problems) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, as a number out of range is
    }
    problems.add("PORT is " + value + ": give a number from 0 to " + MAX_PORT);
    return 0;
  }

  private static Path plans(String value, List<String> problems) {
    if (value.isEmpty()) {
      return PLANS;
    }
    if (!Files.isDirectory(Path.of(value))) {
      problems.add("TIPHYS_PLANS is " + value + ": give a folder that is there");
    }
    return Path.of(value);
  }

  private static ClusterKind cluster(String value, List<String> problems) {
    for (ClusterKind kind : ClusterKind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(value)) {
        return kind;
      }
    }
    problems.add("TIPHYS_CLUSTER is " + value + ": the one that there is, is memory");
    return ClusterKind.MEMORY;
  }
}
