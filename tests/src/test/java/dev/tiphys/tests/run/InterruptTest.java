package dev.tiphys.tests.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiphys.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
  @TempDir Path work;

  @Test
  void endsWithExitCode130AndLeavesNoProcessBehind() throws Exception {
    // Given
    Path file =
        Files.writeString(
            work.resolve("slow.yaml"), Examples.coinflip("echo $$ > pid; exec sleep 600"));
    Process tiphys = tiphys("run", file.toString());
    try {
      ExampleRun.until("heads run", () -> pids().size() > 1);
      List<Long> pids = pids();

      // When
      new ProcessBuilder("kill", "-INT", Long.toString(tiphys.pid())).start().waitFor();

      // Then
      assertThat(tiphys.waitFor(ExampleRun.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(tiphys.exitValue()).isEqualTo(130);
      assertThat(pids).noneMatch(InterruptTest::sleeps);
    } finally {
      tiphys.destroyForcibly();
    }
  }

  private Process tiphys(String... args) throws IOException {
    List<String> java =
        List.of(
            // a build in the background has SIGINT ignored, and its children inherit that
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(java.stream(), Stream.of(args)).toList());
    builder.environment().put("TIPHYS_WORK", work.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(work.resolve("output").toFile())
        .start();
  }

  private List<Long> pids() throws IOException {
    try (Stream<Path> files = Files.find(work, 4, (file, a) -> file.endsWith("pid"))) {
      return files
          .map(InterruptTest::text)
          .filter(text -> !text.isBlank())
          .map(text -> Long.parseLong(text.strip()))
          .toList();
    }
  }

  private static boolean sleeps(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .filter(command -> command.endsWith("sleep"))
        .isPresent();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
