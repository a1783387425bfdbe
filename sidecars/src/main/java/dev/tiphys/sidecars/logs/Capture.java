package dev.tiphys.sidecars.logs;

import java.net.URI;
import java.nio.file.Path;

/** How a task's output is captured. */
sealed interface Capture {
  /** From the container runtime's log files. */
  record Files(Path folder) implements Capture {}

  /**
   * From the log API.
   *
   * @param account folder with the service account's token and the cluster's certificates
   */
  record Api(URI server, Path account, String namespace) implements Capture {}
}
