package dev.tiphys.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiphys.cli.TiphysCommand;
import dev.tiphys.triggers.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A call of {@code tiphys run FILE -o json} that is under way in this process. */
final class LiveCommand {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Pattern BROKER = Pattern.compile("(?m)^broker {2}(http\\S+)$");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exitCode;

  private LiveCommand(Path file, String... options) {
    CommandLine tiphys = TiphysCommand.commandLine(Map.of());
    tiphys.setOut(new PrintWriter(out, true));
    tiphys.setErr(new PrintWriter(err, true));
    String[] call =
        Stream.concat(Stream.of("run", file.toString(), "-o", "json"), Stream.of(options))
            .toArray(String[]::new);
    this.exitCode = CompletableFuture.supplyAsync(() -> tiphys.execute(call));
  }

  static LiveCommand run(Path file, String... options) {
    return new LiveCommand(file, options);
  }

  /** Posts an event, and gives the answer's status. */
  int post(String type, String id, String data) throws IOException, InterruptedException {
    return Stranger.post(broker(), type, id, data).statusCode();
  }

  private URI broker() throws InterruptedException {
    until(() -> BROKER.matcher(err.toString()).find());
    Matcher broker = BROKER.matcher(err.toString());
    assertThat(broker.find()).isTrue();
    return URI.create(broker.group(1));
  }

  /** Waits for what is told while it is under way. */
  void told(String text) throws InterruptedException {
    until(() -> err.toString().contains(text));
  }

  void until(BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + DEADLINE.toNanos(); !condition.getAsBoolean(); ) {
      assertThat(System.nanoTime()).as(err.toString()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** Its exit code, when it has ended. */
  int exitCode() throws Exception {
    return exitCode.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The objects that it has printed, one on each line. */
  List<JsonNode> reports() {
    return out.toString().lines().map(LiveCommand::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return Json.parse(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has told people. */
  String text() {
    return err.toString();
  }
}
