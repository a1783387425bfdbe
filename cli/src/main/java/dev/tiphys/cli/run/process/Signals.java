package dev.tiphys.cli.run.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What Linux tells of a process's signals. */
final class Signals {
  private static final String CAUGHT = "SigCgt:";
  private static final int SIGTERM = 15;
  private static final int HEXADECIMAL = 16;
  private static final Duration POLL = Duration.ofMillis(10);

  /** One that handles no SIGTERM by then never will. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private Signals() {}

  /** Returns when the process handles SIGTERM, has ended, or has taken too long. */
  static void awaitHandler(ProcessHandle process) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (Liveness.runs(process) && !handlesTerm(process) && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
    }
  }

  private static boolean handlesTerm(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith(CAUGHT))
          .map(line -> line.substring(CAUGHT.length()).strip())
          .anyMatch(
              mask -> ((Long.parseUnsignedLong(mask, HEXADECIMAL) >> (SIGTERM - 1)) & 1) == 1);
    } catch (IOException e) {
      // gone meanwhile, or a system without /proc, where only time can tell
      return false;
    }
  }
}
