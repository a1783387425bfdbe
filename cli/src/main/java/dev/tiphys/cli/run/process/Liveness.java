package dev.tiphys.cli.run.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a process still runs. {@link ProcessHandle#isAlive} is true of one that has ended and
 * that its parent (for an orphan: init, which may take its time) has not asked about yet.
 */
final class Liveness {
  private Liveness() {}

  static boolean runs(ProcessHandle process) {
    return process.isAlive() && !zombie(process);
  }

  private static boolean zombie(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // "PID (NAME) STATE ...", and a name may hold anything
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException e) {
      // gone meanwhile, or a system without /proc
      return false;
    }
  }
}
