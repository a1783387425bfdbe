package dev.tiphys.cli.run.process;

import java.util.Map;
import java.util.Set;

/**
 * How a process ended.
 *
 * @param code its exit code; as in a shell, 128 + n when signal n killed it
 */
record ExitStatus(int code) {
  private static final int SIGNAL_BASE = 128;
  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final Set<Integer> INTERRUPTS = Set.of(SIGHUP, SIGINT, SIGTERM);
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          SIGHUP, "SIGHUP", SIGINT, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 9, "SIGKILL",
          11, "SIGSEGV", 13, "SIGPIPE", SIGTERM, "SIGTERM");

  boolean success() {
    return code == 0;
  }

  /** Whether a signal ended it that terminals and supervisors send to all of a process group. */
  boolean interrupted() {
    return INTERRUPTS.contains(code - SIGNAL_BASE);
  }

  /** {@code exit code 1}, {@code exit code 137 (killed by signal 9, SIGKILL)}. */
  String message() {
    String name = SIGNALS.get(code - SIGNAL_BASE);
    return name == null
        ? "exit code " + code
        : "exit code %d (killed by signal %d, %s)".formatted(code, code - SIGNAL_BASE, name);
  }
}
