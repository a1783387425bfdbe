package dev.tiphys.triggers.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a task's output is read on a cluster. */
public enum LogCapture {
  /** The container runtime's log files: they keep stdout and stderr apart. */
  FILES,
  /** The API server's log: for namespaces that forbid hostPath; it mixes the two streams. */
  API;

  /** What an object of ours says; it says nothing where it is from before that was asked. */
  public static LogCapture written(@Nullable String name) {
    return API.lowerCaseName().equals(name) ? API : FILES;
  }

  /** As it is written: {@code files}. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
