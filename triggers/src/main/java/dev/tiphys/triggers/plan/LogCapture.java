package dev.tiphys.triggers.plan;

import java.util.Locale;

/** Where a task's output is read on a cluster. */
public enum LogCapture {
  /** The container runtime's log files: they keep stdout and stderr apart. */
  FILES,
  /** The API server's log: for namespaces that forbid hostPath; it mixes the two streams. */
  API;

  /** As it is written: {@code files}. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
