package dev.tiphys.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Objects;

/** What only a cluster's nodes can do: the environment names a command for each. */
final class Node {
  /** Puts the image tars whose paths are its arguments onto the nodes; where they are, not set. */
  private static final String LOAD_IMAGES = "TIPHYS_LOAD_IMAGES";

  /** Keeps the API server from answering for so many seconds. */
  private static final String PAUSE_API_SERVER = "TIPHYS_PAUSE_API_SERVER";

  /** Kills a container's process; arguments are the pod's UID and the container's name. */
  private static final String KILL_CONTAINER = "TIPHYS_KILL_CONTAINER";

  private Node() {}

  static void loadImages(String... tars) throws Exception {
    if (System.getenv(LOAD_IMAGES) != null) {
      run(LOAD_IMAGES, tars);
    }
  }

  /** Leaves the test out where there is no command for it. */
  static void pauseApiServer(int seconds) throws Exception {
    run(PAUSE_API_SERVER, Integer.toString(seconds));
  }

  /** Leaves the test out where there is no command for it. */
  static void killContainer(String podUid, String container) throws Exception {
    run(KILL_CONTAINER, podUid, container);
  }

  private static void run(String variable, String... arguments) throws Exception {
    String command = System.getenv(variable);
    assumeThat(command).as("a command in " + variable).isNotBlank();
    String line = Objects.requireNonNull(command) + " " + String.join(" ", arguments);
    assertThat(new ProcessBuilder("sh", "-c", line).inheritIO().start().waitFor()).isZero();
  }
}
