package dev.tiphys.functions.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The program's settings, all of them from the environment; an empty variable counts as absent.
 *
 * <table>
 * <caption>Variables</caption>
 * <tr><td>{@code PORT}<td>where to listen; 0 chooses a free port
 * <tr><td>{@code TIPHYS_CLUSTER}<td>{@code kubernetes} (where there is one) or {@code memory}
 * <tr><td>{@code TIPHYS_PLANS}<td>in memory: the folder with the plans
 * <tr><td>{@code TIPHYS_NAMESPACE}<td>on Kubernetes; without it, the pod's own
 * <tr><td>{@code TIPHYS_SIDECARS_IMAGE}<td>on Kubernetes: what event sidecars run
 * <tr><td>{@code TIPHYS_AUDIENCE}<td>on Kubernetes: whom the token has to be for that each request
 *     shows; without it, none is asked for
 * <tr><td>{@code K_SERVICE}<td>with an audience: the Knative Service that this is, as Knative tells
 *     it
 * </table>
 */
record Settings(int port, ClusterSettings cluster) {
  private static final int MAX_PORT = 65_535;

  /** Where a plan's ConfigMap is mounted; it may be absent, when there is no plan yet. */
  private static final Path PLANS = Path.of("/etc/tiphys/plans");

  /** What every pod knows its namespace by. */
  private static final Path NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

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

  /** Whether who calls has to show a token. */
  boolean guarded() {
    return switch (cluster) {
      case ClusterSettings.Memory _ -> false;
      case ClusterSettings.Kubernetes kubernetes -> kubernetes.own() != null;
    };
  }

  static Reading from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Settings settings =
        new Settings(
            port(value(environment, "PORT", "8080"), problems), cluster(environment, problems));
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

  private static ClusterSettings cluster(Map<String, String> environment, List<String> problems) {
    boolean inPod = !value(environment, "KUBERNETES_SERVICE_HOST", "").isEmpty();
    String kind = value(environment, "TIPHYS_CLUSTER", inPod ? "kubernetes" : "memory");
    return switch (kind) {
      case "memory" ->
          new ClusterSettings.Memory(plans(value(environment, "TIPHYS_PLANS", ""), problems));
      case "kubernetes" -> kubernetes(environment, problems);
      default -> {
        problems.add("TIPHYS_CLUSTER is " + kind + ": give kubernetes or memory");
        yield new ClusterSettings.Memory(PLANS);
      }
    };
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

  private static ClusterSettings kubernetes(
      Map<String, String> environment, List<String> problems) {
    String namespace = value(environment, "TIPHYS_NAMESPACE", ownNamespace());
    if (namespace.isEmpty()) {
      problems.add("TIPHYS_NAMESPACE is not set: give it where this is no pod of a cluster");
    }
    String image = value(environment, "TIPHYS_SIDECARS_IMAGE", "");
    if (image.isEmpty()) {
      problems.add("TIPHYS_SIDECARS_IMAGE is not set: give the image that event sidecars run");
    }
    return new ClusterSettings.Kubernetes(namespace, image, audience(environment, problems));
  }

  private static ClusterSettings.@Nullable Audience audience(
      Map<String, String> environment, List<String> problems) {
    String audience = value(environment, "TIPHYS_AUDIENCE", "");
    if (audience.isEmpty()) {
      return null;
    }
    String service = value(environment, "K_SERVICE", "");
    if (service.isEmpty()) {
      problems.add("K_SERVICE is not set: with TIPHYS_AUDIENCE, give the Knative Service's name");
    }
    return new ClusterSettings.Audience(audience, service);
  }

  private static String ownNamespace() {
    try {
      return Files.readString(NAMESPACE).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
