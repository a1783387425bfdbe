package dev.tiphys.cli.run.process;

import java.util.Map;

/**
 * How a process ended.
 *
 * @param code its exit code; as in a shell, 128 + n when signal n killed it
 */
record ExitStatus(int code) {
  private static final int SIGNAL_BASE = 128;
  private static final int SIGINT = 2;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", SIGINT, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 9, "SIGKILL", 11,
          "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  boolean success() {
    return code == 0;
  }

  /** Whether a Ctrl-C, which the terminal sends to every process of its group, ended it. */
  boolean interrupted() {
    return code == SIGNAL_BASE + SIGINT;
  }

  /** {@code exit code 1}, {@code exit code 137 (killed by signal 9, SIGKILL)}. */
  String message() {
    String name = SIGNALS.get(code - SIGNAL_BASE);
    return name == null
        ? "exit code " + code
        : "exit code %d (killed by signal %d, %s)".formatted(code, code - SIGNAL_BASE, name);
  }
}
