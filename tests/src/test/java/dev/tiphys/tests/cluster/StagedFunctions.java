package dev.tiphys.tests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiphys.triggers.http.FreePort;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The functions from what their image is made of, as a process on this machine that is told of the
 * cluster in the way a pod is.
 */
final class StagedFunctions {
  private static final Path TARGET = Path.of("..", "images", "target");
  private static final String IN_IMAGE = "/app";
  private static final String ACCOUNT = "tiphys-functions";
  private static final int POLL_MILLIS = 1;
  private static final int LIMIT_SECONDS = 60;

  private final List<String> command;
  private final Map<String, String> environment;

  /**
   * @param options of the JVM, after those of the image
   */
  StagedFunctions(TestNamespace namespace, List<String> options) throws IOException {
    this.command = command(options);
    this.environment = environment(namespace);
  }

  /**
   * A start.
   *
   * @param nanos from the start of the process to the answer
   * @param residentMegabytes after it
   */
  record Start(long nanos, double residentMegabytes) {}

  /** Posts an event. */
  interface Post {
    void to(URI address) throws Exception;
  }

  /** Starts the program, has the event posted as soon as it listens, and ends the program. */
  Start start(Post event) throws Exception {
    int port = FreePort.find();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("functions", ".log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      awaitListening(process, port);
      event.to(URI.create("http://127.0.0.1:" + port));
      return new Start(System.nanoTime() - begin, residentMegabytes(process));
    } finally {
      process.destroy();
      process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void awaitListening(Process process, int port) throws Exception {
    while (process.isAlive()) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    throw new IllegalStateException("the functions ended with " + process.exitValue());
  }

  private static double residentMegabytes(Process process) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024.0;
    }
  }

  private static List<String> command(List<String> options) throws IOException {
    Path functions = only(TARGET.resolve("functions"));
    List<String> command = new ArrayList<>();
    command.add(only(TARGET.resolve("runtime")).resolve("bin/java").toString());
    for (String argument : Files.readAllLines(functions.resolve("arguments"))) {
      if (argument.equals("-cp")) {
        command.addAll(options);
      }
      command.add(argument.replace(IN_IMAGE + "/", functions + "/"));
    }
    return command;
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.findFirst().orElseThrow().toAbsolutePath().normalize();
    }
  }

  private static Map<String, String> environment(TestNamespace namespace) throws IOException {
    Config config = namespace.client().getConfiguration();
    URI server = URI.create(config.getMasterUrl());
    return Map.of(
        "KUBERNETES_SERVICE_HOST", server.getHost(),
        "KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort()),
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN", file(token(namespace)),
        "KUBERNETES_CERTS_CA_FILE", authority(config),
        "TIPHYS_NAMESPACE", namespace.name(),
        "TIPHYS_SIDECARS_IMAGE", "dev.local/tiphys/sidecars:0.1.0-SNAPSHOT");
  }

  private static String token(TestNamespace namespace) {
    KubernetesClient client = namespace.client();
    return client
        .serviceAccounts()
        .inNamespace(namespace.name())
        .withName(ACCOUNT)
        .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
        .getStatus()
        .getToken();
  }

  private static String authority(Config config) throws IOException {
    return config.getCaCertFile() == null
        ? file(
            new String(
                Base64.getDecoder().decode(Objects.requireNonNull(config.getCaCertData())), UTF_8))
        : config.getCaCertFile();
  }

  private static String file(String content) throws IOException {
    return Files.writeString(Files.createTempFile("functions", ""), content).toString();
  }
}
