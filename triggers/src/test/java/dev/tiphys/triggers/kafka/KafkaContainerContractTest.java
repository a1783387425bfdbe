package dev.tiphys.triggers.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The same contract over Kafka's own image, where a container engine is there. */
@EnabledIf("engineIsThere")
class KafkaContainerContractTest extends KafkaBrokerContractTest {
  private static final String IMAGE =
      System.getenv().getOrDefault("TIPHYS_KAFKA_IMAGE", "apache/kafka:4.1.1");
  private static final KafkaContainer KAFKA =
      new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"));
  private static final AtomicInteger TOPICS = new AtomicInteger();

  static boolean engineIsThere() {
    return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
  }

  @BeforeAll
  static void start() {
    KAFKA.start();
  }

  @AfterAll
  static void stop() {
    KAFKA.stop();
  }

  @Override
  protected KafkaSettings settings() {
    return KafkaSettings.of(KAFKA.getBootstrapServers(), "test-" + TOPICS.incrementAndGet());
  }
}
