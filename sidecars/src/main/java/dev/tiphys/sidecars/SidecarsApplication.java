package dev.tiphys.sidecars;

import dev.tiphys.sidecars.carrier.CarrierProgram;
import dev.tiphys.sidecars.file.FileProgram;
import dev.tiphys.sidecars.logs.StdoutProgram;
import dev.tiphys.sidecars.program.Program;
import dev.tiphys.sidecars.program.Together;
import dev.tiphys.sidecars.proxy.ProxyProgram;
import dev.tiphys.sidecars.tail.EventTail;
import dev.tiphys.sidecars.watch.WatcherProgram;
import dev.tiphys.triggers.log.Logs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * The program in the sidecars' image. Its first argument says what it is: {@code stdoutwatcher},
 * {@code filewatcher} or {@code networkproxy}, a sidecar of one task; {@code watcher}, the run
 * watcher of a namespace; {@code eventtail}, what {@code tiphys events} reads; {@code carrier}, a
 * workflow's own broker; with several it is all of them, which a JVM does that is to learn about
 * them. Settings come from the environment; where they are wrong it tells all of it at once and
 * exits with 2.
 */
public final class SidecarsApplication {
  private static final String USAGE =
      "give one argument: stdoutwatcher, filewatcher, networkproxy, watcher, eventtail or carrier";

  private SidecarsApplication() {}

  /** Starts the program of that name. */
  public static void main(String[] arguments) {
    // before anything else: SIGTERM may come while the program starts, and must wait for it
    CompletableFuture<Program> program = new CompletableFuture<>();
    Runtime.getRuntime().addShutdownHook(new End(program));
    try {
      switch (start(List.of(arguments), System.getenv())) {
        case Program.Started(Program started) -> {
          program.complete(started);
          started.failed().exceptionally(failure -> exit(Program.FAILED)).join();
        }
        case Program.WrongSettings(List<String> problems) -> {
          problems.forEach(System.err::println);
          exit(Program.WRONG_SETTINGS);
        }
      }
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(SidecarsApplication.class).error("cannot start", e);
      exit(Program.FAILED);
    }
  }

  private static Program.Start start(List<String> names, Map<String, String> environment)
      throws IOException {
    List<String> problems = new ArrayList<>();
    Logs.configure(environment, problems);
    if (names.isEmpty()) {
      problems.add(USAGE);
    }
    List<Program> programs = new ArrayList<>();
    for (String name : names) {
      switch (start(name, environment)) {
        case Program.Started(Program started) -> programs.add(started);
        case Program.WrongSettings(List<String> wrong) -> problems.addAll(wrong);
      }
    }
    return problems.isEmpty()
        ? new Program.Started(new Together(programs))
        : new Program.WrongSettings(problems);
  }

  private static Program.Start start(String name, Map<String, String> environment)
      throws IOException {
    return switch (name) {
      case "stdoutwatcher" -> StdoutProgram.start(environment);
      case "filewatcher" -> FileProgram.start(environment);
      case "networkproxy" -> ProxyProgram.start(environment);
      case "watcher" -> WatcherProgram.start(environment);
      case "eventtail" -> EventTail.start(environment);
      case "carrier" -> CarrierProgram.start(environment);
      default -> new Program.WrongSettings(List.of(USAGE));
    };
  }

  /** At once: the hook would wait for a program that never starts. */
  private static Void exit(int code) {
    System.err.flush();
    Runtime.getRuntime().halt(code);
    throw new IllegalStateException("halted");
  }

  /** What SIGTERM does. It halts, since the JVM's own exit code after a signal is never 0. */
  private static final class End extends Thread {
    private final CompletableFuture<Program> program;

    End(CompletableFuture<Program> program) {
      super("end");
      this.program = program;
    }

    @Override
    public void run() {
      try {
        exit(program.join().end());
      } catch (InterruptedException e) {
        exit(Program.FAILED);
      }
    }
  }
}
