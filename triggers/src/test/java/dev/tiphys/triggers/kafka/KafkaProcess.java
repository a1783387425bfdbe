package dev.tiphys.triggers.kafka;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** Kafka's server as a program: formats its folder where that is new, and serves. */
final class KafkaProcess {
  private KafkaProcess() {}

  /** The argument is the file with the server's properties. */
  public static void main(String[] args) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = new FileInputStream(args[0])) {
      properties.load(in);
    }
    if (!Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
      String[] format = {"format", "-c", args[0], "-t", Uuid.randomUuid().toString()};
      StorageTool.execute(format, System.out);
    }
    Kafka.main(args);
  }
}
