package dev.tiphys.triggers.kafka;

import dev.tiphys.triggers.http.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** Kafka's own server, one node, in a process of its own that ends with this one. */
public final class KafkaServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private final Path folder;
  private final int port;
  private final int controllerPort;
  private Process process;

  /** One for all tests of this JVM. */
  private static final class Shared {
    private static final KafkaServer SERVER = KafkaServer.start();
  }

  private KafkaServer() {
    try {
      folder = Files.createTempDirectory("kafka");
      port = FreePort.find();
      controllerPort = FreePort.find();
      Files.writeString(folder.resolve("server.properties"), properties());
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that other tests use too. */
  public static KafkaServer shared() {
    return Shared.SERVER;
  }

  /** One of its own for who restarts it. */
  public static KafkaServer start() {
    KafkaServer server = new KafkaServer();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.awaitReady();
    return server;
  }

  /** {@code HOST:PORT}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Settings of a broker with a topic that nobody else has. */
  public KafkaSettings settings() {
    return KafkaSettings.of(bootstrapServers(), "test-" + TOPICS.incrementAndGet());
  }

  /** Kills it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it anew, with what it has kept. */
  void restart() throws IOException {
    process = launch();
    awaitReady();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KafkaProcess.class.getName(),
            folder.resolve("server.properties").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "default.api.timeout.ms",
            5_000,
            "request.timeout.ms",
            5_000);
    while (true) {
      try (Admin admin = Admin.create(client)) {
        if (!admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty()) {
          return;
        }
      } catch (ExecutionException | TimeoutException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("Kafka does not start; it wrote:\n" + output(), e);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private String properties() {
    return """
    process.roles=broker,controller
    node.id=1
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    controller.listener.names=CONTROLLER
    controller.quorum.voters=1@127.0.0.1:%2$d
    log.dirs=%3$s
    auto.create.topics.enable=false
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=4
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    group.initial.rebalance.delay.ms=0
    """
        .formatted(port, controllerPort, folder.resolve("data"));
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return "nothing that can be read: " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
