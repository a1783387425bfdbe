package dev.tiphys.sidecars.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPOutputStream;

/** Writes and rotates log files as containerd and the kubelet do. */
final class RuntimeLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX").withZone(ZoneOffset.UTC);

  private final Path folder;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  RuntimeLog(Path folder) {
    this.folder = folder;
  }

  void line(String output, String content) throws IOException {
    record(output + " F " + content);
  }

  void record(String rest) throws IOException {
    Files.createDirectories(folder);
    now = now.plusNanos(1_000);
    String record = TIME.format(now) + " " + rest + "\n";
    Files.write(folder.resolve("0.log"), record.getBytes(UTF_8), CREATE, APPEND);
  }

  /** The written file gets another name; the next line begins a new one. */
  Path rotate() throws IOException {
    now = now.plusSeconds(1);
    Path old = folder.resolve("0.log." + now.getEpochSecond());
    Files.move(folder.resolve("0.log"), old);
    return old;
  }

  static void compress(Path file) throws IOException {
    Path unfinished = Path.of(file + ".tmp");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
      Files.copy(file, out);
    }
    Files.move(unfinished, Path.of(file + ".gz"));
    Files.delete(file);
  }
}
