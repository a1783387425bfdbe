package dev.tiphys.tests.run;

import dev.tiphys.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command in a JVM of its own. */
final class TiphysProcess implements AutoCloseable {
  private final Process process;
  private final Path work;
  private final Path output;

  private TiphysProcess(Process process, Path work, Path output) {
    this.process = process;
    this.work = work;
    this.output = output;
  }

  /**
   * Runs a workflow.
   *
   * @param work the folder below which everything is written
   */
  static TiphysProcess run(Path work, String yaml, String... jvmOptions) throws IOException {
    Path file = Files.writeString(work.resolve("workflow.yaml"), yaml);
    Path output = work.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.of(
                    // a build in the background has signals ignored, and its children inherit that
                    Stream.of("env", "--default-signal=INT,TERM,HUP"),
                    // a process group of its own, with the tasks
                    Stream.of("setsid"),
                    Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                    Stream.of(jvmOptions),
                    Stream.of("-cp", System.getProperty("java.class.path"), Main.class.getName()),
                    Stream.of("run", file.toString()))
                .flatMap(words -> words)
                .toList());
    builder.environment().put("TIPHYS_WORK", work.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new TiphysProcess(process, work, output);
  }

  /** Sends it a signal, like {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Sends it to all processes of its group, as terminals and supervisors do. */
  void signalGroup(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "--", "-" + process.pid()).start().waitFor();
  }

  /** Its exit code. */
  int end(Duration deadline) throws InterruptedException {
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("not over within " + deadline);
    }
    return process.exitValue();
  }

  /** What it has printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** The processes that it has started, and those in turn. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** The files of that name in the instances' folders. */
  List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.find(work, 4, (file, a) -> file.endsWith(name))) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
